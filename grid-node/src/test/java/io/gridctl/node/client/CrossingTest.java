package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gridctl.AsyncResult;
import io.gridctl.CompositeException;
import io.gridctl.Grid;
import io.gridctl.MapResult;
import io.gridctl.node.share.HostMemory;
import io.gridctl.node.share.NeedsHostMemory;
import io.gridctl.node.task.MemberMemory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Data of a client's own that goes through the memory of its host, and what becomes of a call when that fails. */
@Tag("any-jvm")
@Timeout(60)
@NeedsHostMemory
class CrossingTest {
    private static final int ENGINES = 2;

    private static TestGrid nodes;

    private final int[] numbers = IntStream.range(0, 600_000).toArray();
    private Grid grid;
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
        memory = MemberMemory.of(nodes.member(0));
        grid = nodes.connect();
        grid.awaitEngines(ENGINES, Duration.ofSeconds(30));
        Road.JOBS.take(grid);
        // The members say once where they are, and this machine may be busy.
        await().until(() -> {
            Gate gate = Gate.closed();
            AsyncResult<List<Integer>> first =
                    grid.engines().parallelAsync((int[] part) -> passed(gate, part), numbers);
            await().until(() -> gate.arrived() == ENGINES);
            boolean shared = files().size() == 1;
            gate.open();
            first.await();
            return shared;
        });
    }

    @AfterEach
    void leaveNothing() {
        Gate.openAll();
        grid.close();
        await().until(() -> files().isEmpty());
    }

    private static int passed(Gate gate, int[] part) throws InterruptedException {
        gate.pass();
        return part.length;
    }

    private List<Path> files() throws IOException {
        return SharedFiles.of(memory);
    }

    /** Has all that is in a file differ from what was written. */
    private static void damage(Path file, long from) throws IOException {
        try (RandomAccessFile damaging = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] all = new byte[(int) (damaging.length() - from)];
            damaging.seek(from);
            damaging.readFully(all);
            for (int at = 0; at < all.length; at += 100) {
                all[at] ^= 0x55;
            }
            damaging.seek(from);
            damaging.write(all);
        }
    }

    @Test
    void itsFileGoesWithTheCall() throws Exception {
        assertThat(grid.engines().map(x -> x + 1, numbers))
                .isEqualTo(IntStream.rangeClosed(1, numbers.length).toArray());
        await().until(() -> files().isEmpty());
    }

    @Test
    void itsFileGoesWhenTheCallIsCancelled() throws Exception {
        Gate gate = Gate.closed();
        AsyncResult<int[]> result = grid.engines()
                .mapAsync(
                        x -> {
                            gate.pass();
                            return x;
                        },
                        numbers);
        await().until(() -> gate.arrived() == ENGINES);

        result.cancel(true);

        await().until(() -> files().isEmpty() && gate.interrupted() == ENGINES);
        assertThat(grid.engines().parallel((int[] part) -> part.length, numbers))
                .containsExactly(300_000, 300_000);
    }

    /** The first chunk of each engine holds its slot meanwhile. */
    @Test
    void anArgumentThatIsNotWhereItWasGoesInAFrameAndIsWorkedOnOnce() throws Exception {
        Gate gate = Gate.closed();
        RunCounter.reset();
        List<Integer> items = Arrays.stream(numbers).boxed().toList();
        MapResult<Integer> result = grid.engines()
                .mapAsync(
                        x -> {
                            if (x % 300_000 == 0) {
                                gate.pass();
                            }
                            RunCounter.count(x);
                            return -x;
                        },
                        items);
        await().until(() -> gate.arrived() == ENGINES);
        Path file = files().get(0);
        long size = Files.size(file);
        await().until(() -> isWritten(file));

        damage(file, size / 8);
        gate.open();

        assertThat(result.await()).isEqualTo(items.stream().map(x -> -x).toList());
        assertThat(RunCounter.most()).isEqualTo(1);
    }

    /** Whether each of its places has been written to: the last of three numbers is its checksum. */
    private static boolean isWritten(Path file) throws IOException {
        try (RandomAccessFile reading = new RandomAccessFile(file.toFile(), "r")) {
            for (int place = 0; place < 16; place++) {
                reading.seek(place * 24 + 16);
                if (reading.readLong() == 0) {
                    return false;
                }
            }
            return true;
        }
    }

    @Test
    void aCallWhoseFileIsDeletedUnderItGoesOn() throws Exception {
        Gate gate = Gate.closed();
        // Holds the slots, and with them whatever is sent later.
        AsyncResult<List<Integer>> before = grid.engines().applyAsync(() -> {
            gate.pass();
            return 1;
        });
        await().until(() -> gate.arrived() == ENGINES);
        AsyncResult<int[]> result = grid.engines().mapAsync(x -> 2 * x, numbers);
        await().until(() -> !files().isEmpty());
        memory.remove();
        gate.open();

        assertThat(result.await())
                .isEqualTo(Arrays.stream(numbers).map(x -> 2 * x).toArray());
        before.await();
    }

    @Test
    void valuesThatAreLongerThanTheirArgumentsComeInAnswers() throws Exception {
        List<Integer> items = Collections.nCopies(10_000, 7);

        List<String> values = grid.engines().map(x -> "x".repeat(20 * x), items);

        assertThat(values).hasSize(10_000).allMatch(value -> value.length() == 140);
        assertThat(grid.engines()
                        .parallel(
                                (int[] part) ->
                                        Arrays.stream(part).asLongStream().toArray(),
                                numbers))
                .extracting(part -> part.length)
                .containsExactly(300_000, 300_000);
    }

    @Test
    void bytesAreAnArgumentLikeAnyOther() throws Exception {
        byte[] bytes = new byte[100_000];
        Arrays.fill(bytes, (byte) 3);

        assertThat(grid.engines().parallel((byte[] part) -> part, bytes))
                .allSatisfy(part -> assertThat(part).hasSize(50_000).containsOnly(3));
    }

    @Test
    void anElementThatFailsFailsItsEnginesPart() {
        assertThatThrownBy(() -> grid.engines().map(x -> 1 / (x - 450_000), numbers))
                .isInstanceOfSatisfying(CompositeException.class, e -> {
                    assertThat(e.failures()).hasSize(1);
                    assertThat(e.parts()).isEqualTo(ENGINES);
                });
    }
}
