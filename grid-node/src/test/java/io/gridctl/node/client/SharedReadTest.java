package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.gridctl.DirectView;
import io.gridctl.Engine;
import io.gridctl.Grid;
import io.gridctl.node.share.HostMemory;
import io.gridctl.node.share.NeedsHostMemory;
import io.gridctl.node.share.SharedValue;
import io.gridctl.node.task.BlobKey;
import io.gridctl.node.task.GridObjects;
import io.gridctl.node.task.LargeValues;
import io.gridctl.node.task.StoredValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Engines of one host share what they read of a value that was pushed to several of them. */
@ExtendWith(SharedGrid.class)
@Timeout(60)
@NeedsHostMemory
class SharedReadTest {
    private static final int LENGTH = 700_001;

    private final Grid grid = SharedGrid.grid();
    private final HazelcastInstance member = Hazelcast.getAllHazelcastInstances().stream()
            .filter(SharedReadTest::isOfThisGrid)
            .findFirst()
            .orElseThrow();
    private final HostMemory memory = HostMemory.of(member.getConfig().getClusterName());
    private final double[] data = new Random(7).doubles(LENGTH).toArray();

    /** Other grids in this process, if there are any, are open for their tests alone. */
    private static boolean isOfThisGrid(HazelcastInstance member) {
        return member.getCluster().getMembers().size() == SharedGrid.ENGINES;
    }

    @BeforeEach
    void hasMemory() throws IOException {
        // Others push to this grid too, and not every engine reads it.
        memory.remove();
        assertThat(files()).isEmpty();
    }

    private List<Path> files() throws IOException {
        return SharedFiles.of(memory);
    }

    /** As a client does that is on another host: what it wrote is in the grid's maps alone. */
    private void pushFromElsewhere(DirectView view, Object value) throws Exception {
        view.push("a", value);
        SharedFiles.store(member);
        memory.remove();
    }

    private boolean reads(Engine engine) throws InterruptedException {
        return engine.apply(names -> Arrays.hashCode(names.<double[]>get("a"))) == Arrays.hashCode(data);
    }

    private StoredValue stored() {
        return member.<String, StoredValue>getMap(GridObjects.namespace(0)).get("a");
    }

    @Test
    void aFileIsThereUntilAllHaveReadTheValue() throws Exception {
        pushFromElsewhere(grid.engines(), data);
        assertThat(files()).isEmpty();

        assertThat(reads(grid.engine(0))).isTrue();
        assertThat(files()).hasSize(1);
        assertThat(reads(grid.engine(2))).isTrue();
        assertThat(files()).hasSize(1);
        assertThat(reads(grid.engine(1))).isTrue();

        assertThat(files()).isEmpty();
    }

    @Test
    void whatOneHasReadTheOthersTakeFromMemory() throws Exception {
        pushFromElsewhere(grid.engines(), data);
        assertThat(reads(grid.engine(0))).isTrue();

        UUID blob = stored().blob();
        IMap<BlobKey, byte[]> pieces = member.getMap(GridObjects.BLOB);
        for (int piece = 0; (long) piece * LargeValues.PIECE < stored().length(); piece++) {
            pieces.delete(new BlobKey(blob, piece));
        }

        assertThat(reads(grid.engine(1))).isTrue();
        assertThat(reads(grid.engine(2))).isTrue();
    }

    @Test
    void aFileWithWrongBytesIsFetchedAround() throws Exception {
        pushFromElsewhere(grid.engines(), data);
        assertThat(reads(grid.engine(0))).isTrue();

        Path file = files().get(0);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (long at = channel.size() - stored().length(); at < channel.size(); at += 1000) {
                channel.write(ByteBuffer.wrap(new byte[] {77}), at);
            }
        }

        assertThat(reads(grid.engine(1))).isTrue();
        assertThat(reads(grid.engine(2))).isTrue();
    }

    @Test
    void whatAnEngineLeftUnfinishedIsFinishedByOthers() throws Exception {
        pushFromElsewhere(grid.engines(), data);
        byte[] lonely = member.<BlobKey, byte[]>getMap(GridObjects.BLOB).get(new BlobKey(stored().blob(), 1));
        try (SharedValue begun = memory.open(stored().blob(), stored().length(), LargeValues.PIECE)
                .orElseThrow()) {
            begun.write(1, ByteBuffer.wrap(lonely));
        }

        for (int id : grid.ids()) {
            assertThat(reads(grid.engine(id))).isTrue();
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void aValueOfOneEngineIsNotShared() throws Exception {
        pushFromElsewhere(grid.engines(0), data);

        assertThat(reads(grid.engine(0))).isTrue();

        assertThat(files()).isEmpty();
    }

    @Test
    void listsAreSharedToo() throws Exception {
        List<Double> list = Arrays.stream(data).boxed().toList();
        pushFromElsewhere(grid.engines(), list);

        assertThat(last(grid.engine(0))).isEqualTo(data[LENGTH - 1]);
        assertThat(files()).hasSize(1);
        assertThat(last(grid.engine(1))).isEqualTo(data[LENGTH - 1]);
        assertThat(last(grid.engine(2))).isEqualTo(data[LENGTH - 1]);

        assertThat(files()).isEmpty();
    }

    private static double last(Engine engine) throws InterruptedException {
        return engine.<Double>apply(names -> names.<List<Double>>get("a").get(LENGTH - 1));
    }
}
