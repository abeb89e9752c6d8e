package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.gridctl.Engine;
import io.gridctl.Grid;
import io.gridctl.node.share.HostMemory;
import io.gridctl.node.task.BlobKey;
import io.gridctl.node.task.GridObjects;
import io.gridctl.node.task.LargeValues;
import io.gridctl.node.task.MemberMemory;
import io.gridctl.node.task.StoredValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client writes large values into the memory of its host, if all members of the grid are there too. */
@Timeout(60)
class SharedWriteTest {
    private static final int LENGTH = 700_001;
    private static final int ENGINES = 2;
    private static final long LITTLE = 1 << 20;
    private static final double[] DATA = new Random(7).doubles(LENGTH).toArray();

    private static TestGrid nodes;

    private Grid grid;
    private HazelcastInstance member;
    private HostMemory memory;

    @BeforeAll
    static void start() {
        nodes = new TestGrid(ENGINES);
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @BeforeEach
    void connect() throws Exception {
        member = nodes.member(0);
        memory = MemberMemory.of(member);
        assumeThat(memory.folder()).isPresent();
        grid = nodes.connect();
        // The members say once where they are, and this machine may be busy.
        await().until(() -> {
            grid.engine(0).push("first", DATA);
            return files().contains(fileOf(stored(0, "first")));
        });
        grid.engine(0).remove("first");
        memory.remove();
    }

    @AfterEach
    void leaveNothing() throws InterruptedException {
        grid.engines().clear();
        grid.close();
        memory.remove();
    }

    private List<Path> files() throws IOException {
        return SharedFiles.of(memory);
    }

    private Path fileOf(StoredValue stored) {
        return memory.folder().orElseThrow().resolve(String.valueOf(stored.blob()));
    }

    private StoredValue stored(int engine, String name) {
        return member.<String, StoredValue>getMap(GridObjects.namespace(engine)).get(name);
    }

    /** What the grid's map holds of a value. */
    private byte[] held(HazelcastInstance reader, StoredValue stored) {
        IMap<BlobKey, byte[]> pieces = reader.getMap(GridObjects.BLOB);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int piece = 0; (long) piece * LargeValues.PIECE < stored.length(); piece++) {
            bytes.writeBytes(pieces.get(new BlobKey(stored.blob(), piece)));
        }
        return bytes.toByteArray();
    }

    private void forget(StoredValue stored) {
        IMap<BlobKey, byte[]> pieces = member.getMap(GridObjects.BLOB);
        for (int piece = 0; (long) piece * LargeValues.PIECE < stored.length(); piece++) {
            pieces.delete(new BlobKey(stored.blob(), piece));
        }
    }

    /** A heading of one byte, then the elements. */
    private static double[] elements(byte[] bytes) {
        double[] elements = new double[bytes.length / Double.BYTES];
        ByteBuffer.wrap(bytes, 1, bytes.length - 1)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer()
                .get(elements);
        return elements;
    }

    private static boolean reads(Engine engine, String name, double[] data) throws InterruptedException {
        return engine.apply(names -> Arrays.hashCode(names.<double[]>get(name))) == Arrays.hashCode(data);
    }

    @Test
    void theGridsMapHasWhatTheClientDidNotSend() throws Exception {
        long before = nodes.sentBytes(grid);

        grid.engines().push("a", DATA);

        assertThat(nodes.sentBytes(grid) - before).isLessThan(LITTLE);
        assertThat(elements(held(member, stored(0, "a")))).isEqualTo(DATA);
    }

    @Test
    void enginesReadWhatTheClientWroteAndTheLastOneRemovesIt() throws Exception {
        grid.engines().push("a", DATA);
        assertThat(files()).hasSize(1);
        forget(stored(0, "a"));

        assertThat(reads(grid.engine(0), "a", DATA)).isTrue();
        assertThat(files()).hasSize(1);
        assertThat(reads(grid.engine(1), "a", DATA)).isTrue();

        assertThat(files()).isEmpty();
    }

    @Test
    void partsAreReadThereToo() throws Exception {
        grid.engines().scatter("s", DATA);
        assertThat(files()).hasSize(ENGINES);
        forget(stored(0, "s"));
        forget(stored(1, "s"));

        int middle = (LENGTH + 1) / 2;
        assertThat(reads(grid.engine(0), "s", Arrays.copyOf(DATA, middle))).isTrue();
        assertThat(reads(grid.engine(1), "s", Arrays.copyOfRange(DATA, middle, LENGTH)))
                .isTrue();

        assertThat(files()).isEmpty();
    }

    @Test
    void aClientPullsWhatIsThere() throws Exception {
        grid.engine(0).push("a", DATA);
        forget(stored(0, "a"));

        assertThat(grid.engine(0).<double[]>pull("a")).isEqualTo(DATA);
    }

    @Test
    void whatIsDamagedIsFetched() throws Exception {
        grid.engine(0).push("a", DATA);
        Path file = files().get(0);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (long at = channel.size() - stored(0, "a").length(); at < channel.size(); at += 1000) {
                channel.write(ByteBuffer.wrap(new byte[] {77}), at);
            }
        }

        assertThat(grid.engine(0).<double[]>pull("a")).isEqualTo(DATA);
        assertThat(reads(grid.engine(0), "a", DATA)).isTrue();
    }

    @Test
    void aCopyStandsByForEachPiece() throws Exception {
        try (TestGrid others = new TestGrid(ENGINES);
                Grid client = others.connect()) {
            await().until(() -> {
                long before = others.sentBytes(client);
                client.engines().push("a", DATA);
                return others.sentBytes(client) - before < LITTLE;
            });
            await().until(() -> others.member(1).getPartitionService().isClusterSafe());
            MemberMemory.of(others.member(1)).remove();

            others.kill(0);
            others.kill(1);

            assertThat(client.engine(0).<double[]>pull("a")).isEqualTo(DATA);
        }
    }

    @Test
    void aMemberOfAnotherMemoryHasEverythingSent() throws Exception {
        try (TestGrid others = new TestGrid(1);
                HostMemory elsewhere = HostMemory.of("another host's")) {
            others.member(0).getUserContext().put(HostMemory.class.getName(), elsewhere);
            try (Grid client = others.connect()) {
                long before = others.sentBytes(client);

                client.engines().push("a", DATA);

                assertThat(others.sentBytes(client) - before).isGreaterThan((long) LENGTH * Double.BYTES);
                assertThat(client.engine(0).<double[]>pull("a")).isEqualTo(DATA);
                assertThat(reads(client.engine(0), "a", DATA)).isTrue();
            }
        }
    }

    @Test
    void aClientThatLeavesTakesItsFilesAlong() throws Exception {
        grid.engine(0).push("a", DATA);
        assertThat(files()).hasSize(1);

        grid.close();

        assertThat(files()).isEmpty();
        grid = nodes.connect();
        assertThat(reads(grid.engine(0), "a", DATA)).isTrue();
    }
}
