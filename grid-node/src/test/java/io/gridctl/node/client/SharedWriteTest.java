package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.gridctl.Engine;
import io.gridctl.Grid;
import io.gridctl.node.share.HostMemory;
import io.gridctl.node.share.NeedsHostMemory;
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
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client writes large values into the memory of its host, if all members of the grid are there too. */
@Tag("any-jvm")
@Timeout(60)
@NeedsHostMemory
class SharedWriteTest {
    private static final int LENGTH = 700_001;
    private static final int ENGINES = 2;
    private static final long LITTLE = 1 << 20;
    private static final Duration SOON = Duration.ofSeconds(30);
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
        grid = nodes.connect();
        // The members say once where they are, and this machine may be busy.
        await().until(() -> {
            grid.engine(0).push("first", DATA);
            return isPending(stored(0, "first"));
        });
        grid.engine(0).remove("first");
        await().until(() -> files().isEmpty());
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

    private boolean isPending(StoredValue stored) throws IOException {
        return files().contains(memory.folder().orElseThrow().resolve(stored.blob() + "." + stored.length()));
    }

    private static int held(HazelcastInstance reader) {
        return reader.getMap(GridObjects.BLOB).size();
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
        SharedFiles.store(member);
        assertThat(elements(held(member, stored(0, "a")))).isEqualTo(DATA);
    }

    @Test
    void enginesReadWhatTheClientWroteBeforeItIsStored() throws Exception {
        grid.engines().push("a", DATA);

        assertThat(reads(grid.engine(0), "a", DATA)).isTrue();
        assertThat(reads(grid.engine(1), "a", DATA)).isTrue();
        assertThat(grid.engine(1).<double[]>pull("a")).isEqualTo(DATA);

        SharedFiles.store(member);
        assertThat(elements(held(member, stored(0, "a")))).isEqualTo(DATA);
    }

    @Test
    void theLastEngineThatReadsWhatIsStoredRemovesIt() throws Exception {
        grid.engines().push("a", DATA);
        SharedFiles.store(member);
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

        int middle = (LENGTH + 1) / 2;
        assertThat(reads(grid.engine(0), "s", Arrays.copyOf(DATA, middle))).isTrue();
        assertThat(reads(grid.engine(1), "s", Arrays.copyOfRange(DATA, middle, LENGTH)))
                .isTrue();
    }

    @Test
    void whatIsReplacedSoonIsNeverStored() throws Exception {
        for (int round = 0; round < 5; round++) {
            grid.engines().push("a", DATA);
        }

        assertThat(held(member)).as("counts of references").isLessThanOrEqualTo(5);
        StoredValue last = stored(0, "a");
        await().until(() -> files().size() == 1 && held(member) == 1);
        assertThat(isPending(last)).isTrue();
        grid.engines().remove("a");
        await().until(() -> files().isEmpty() && held(member) == 0);
    }

    @Test
    void whatIsPendingOutlivesAllEngines() throws Exception {
        try (TestGrid others = new TestGrid(ENGINES);
                Grid client = others.connect()) {
            HostMemory shared = MemberMemory.of(others.member(0));
            await().until(() -> {
                client.engines().push("a", DATA);
                return !shared.pending(Duration.ZERO).isEmpty();
            });

            others.kill(0);
            others.kill(1);

            assertThat(client.engine(0).<double[]>pull("a")).isEqualTo(DATA);
            await().atMost(SOON).until(() -> shared.pending(Duration.ZERO).isEmpty());
            shared.remove();
            others.startEngine(0);
            client.awaitEngines(1, Duration.ofSeconds(20));
            assertThat(reads(client.engine(0), "a", DATA)).isTrue();
        }
    }

    @Test
    void aClientPullsWhatIsThere() throws Exception {
        grid.engine(0).push("a", DATA);
        SharedFiles.store(member);
        forget(stored(0, "a"));

        assertThat(grid.engine(0).<double[]>pull("a")).isEqualTo(DATA);
    }

    @Test
    void whatIsDamagedIsFetched() throws Exception {
        grid.engine(0).push("a", DATA);
        SharedFiles.store(member);
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
            SharedFiles.store(others.member(1));
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
        SharedFiles.store(member);
        assertThat(files()).hasSize(1);

        grid.close();

        assertThat(files()).isEmpty();
        grid = nodes.connect();
        assertThat(reads(grid.engine(0), "a", DATA)).isTrue();
    }

    @Test
    void whatAClientLeftPendingIsStoredWithoutIt() throws Exception {
        grid.engine(0).push("a", DATA);
        grid.close();

        StoredValue left = stored(0, "a");
        await().atMost(SOON).until(() -> !isPending(left));

        assertThat(elements(held(member, stored(0, "a")))).isEqualTo(DATA);
        memory.remove();
        grid = nodes.connect();
        assertThat(reads(grid.engine(0), "a", DATA)).isTrue();
    }
}
