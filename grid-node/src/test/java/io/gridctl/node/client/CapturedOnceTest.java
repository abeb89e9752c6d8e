package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gridctl.AsyncResult;
import io.gridctl.Grid;
import io.gridctl.GridMemory.EngineMemory;
import io.gridctl.GridMemory.ProgramFunctions;
import io.gridctl.MapResult;
import io.gridctl.TaskFailedException;
import io.gridctl.function.RemoteFunction;
import io.gridctl.node.engine.EngineInspection;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Large functions, with the values that they capture, go to each engine once and are read there by each frame. */
@Timeout(60)
class CapturedOnceTest {
    private static final int MEGABYTE = 1 << 20;
    private static final int ENGINES = 2;

    private static TestGrid nodes;
    private static Grid grid;

    @BeforeAll
    static void start() {
        nodes = new TestGrid(ENGINES);
        grid = nodes.connect();
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @BeforeEach
    void allThere() throws Exception {
        grid.awaitEngines(ENGINES, Duration.ofSeconds(20));
    }

    @AfterEach
    void openGates() {
        Gate.openAll();
    }

    private static List<Integer> upTo(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    /** A function that captures as much, and gives an element of it. */
    private static RemoteFunction<Integer, Integer> reader(int bytes, int filling) {
        byte[] captured = new byte[bytes];
        captured[bytes - 1] = (byte) filling;
        return x -> x + captured[bytes - 1];
    }

    private static List<Integer> plus(List<Integer> items, int more) {
        return items.stream().map(x -> x + more).toList();
    }

    private static long functionBytes(Grid client) throws InterruptedException {
        return client.memory().functionBytes();
    }

    @Test
    void aThousandTasksBringWhatTheyCaptureOncePerEngine() throws Exception {
        grid.engines().apply(() -> 1);
        List<Integer> items = upTo(1_000);
        long before = nodes.sentBytes(grid);

        MapResult<Integer> map = grid.loadBalanced().chunk(1).mapAsync(reader(MEGABYTE, 1), items);

        assertThat(map.await()).isEqualTo(plus(items, 1));
        assertThat(map.tasks())
                .extracting(task -> task.engineId().orElseThrow())
                .contains(0, 1);
        assertThat(map.tasks()).allMatch(task -> task.attempts() == 1);
        assertThat(nodes.sentBytes(grid) - before)
                .isBetween((long) ENGINES * MEGABYTE, (long) ENGINES * MEGABYTE * 3 / 2);
    }

    @Test
    void soDoTasksThatCaptureMuchAndAReplacedEngineIsBroughtItAgain() throws Exception {
        int size = 16 * MEGABYTE;
        RemoteFunction<Integer, Integer> function = reader(size, 7);
        long before = nodes.sentBytes(grid);
        List<Integer> items = upTo(60);

        assertThat(grid.loadBalanced().chunk(1).map(function, items)).isEqualTo(plus(items, 7));
        for (int i = 0; i < 20; i++) {
            assertThat(grid.loadBalanced().apply(function, i)).isEqualTo(i + 7);
        }

        assertThat(grid.memory().engines())
                .flatExtracting(EngineMemory::functions)
                .filteredOn(held -> held.bytes() > size)
                .hasSize(ENGINES);
        assertThat(nodes.sentBytes(grid) - before).isBetween((long) ENGINES * size, (long) ENGINES * size * 5 / 4);

        nodes.kill(1);
        await().until(() -> grid.ids().size() == 1);
        nodes.startEngine(1);
        grid.awaitEngines(ENGINES, Duration.ofSeconds(20));
        assertThat(grid.engines().apply(function, 2)).containsExactly(9, 9);
    }

    @Test
    void soDoSingleTasksAndThoseOfDirectViews() throws Exception {
        grid.engines().apply(() -> 1);
        long before = nodes.sentBytes(grid);

        List<AsyncResult<Integer>> singles = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            singles.add(grid.loadBalanced().applyAsync(reader(MEGABYTE, 2), i));
            singles.add(grid.engine(i % ENGINES).applyAsync(reader(MEGABYTE, 2), i));
        }

        for (int i = 0; i < singles.size(); i++) {
            assertThat(singles.get(i).await()).isEqualTo(i / 2 + 2);
        }
        assertThat(nodes.sentBytes(grid) - before).isLessThan((long) ENGINES * MEGABYTE * 3 / 2);
    }

    @Test
    void eachCallReadsCapturedValuesAsTheyWereSent() throws Exception {
        int[] captured = new int[10_000];

        for (int i = 0; i < 3; i++) {
            assertThat(grid.engine(0).apply(() -> ++captured[0])).isEqualTo(1);
        }
        captured[0] = 5;
        assertThat(grid.engine(0).apply(() -> ++captured[0])).isEqualTo(6);
    }

    @Test
    void whatAnEngineHasNoLongerIsBroughtAgain() throws Exception {
        RemoteFunction<Integer, Integer> function = reader(100_000, 3);
        assertThat(grid.loadBalanced().map(function, upTo(10))).isEqualTo(plus(upTo(10), 3));
        for (int id = 0; id < ENGINES; id++) {
            EngineInspection.forgetFunctions(nodes.desk(id));
        }
        long before = nodes.sentBytes(grid);

        MapResult<Integer> map = grid.loadBalanced().chunk(1).mapAsync(function, upTo(100));

        assertThat(map.await()).isEqualTo(plus(upTo(100), 3));
        assertThat(map.tasks()).allMatch(task -> task.attempts() == 1);
        assertThat(nodes.sentBytes(grid) - before).isGreaterThan(100_000);
    }

    @Test
    void anEngineThatWasReplacedIsBroughtItAgain() throws Exception {
        RemoteFunction<Integer, Integer> function = reader(100_000, 4);
        assertThat(grid.engines().applyAsync(function, 1).await()).containsExactly(5, 5);

        nodes.kill(1);
        await().until(() -> grid.ids().size() == 1);
        nodes.startEngine(1);
        grid.awaitEngines(ENGINES, Duration.ofSeconds(20));

        assertThat(grid.engines().apply(function, 2)).containsExactly(6, 6);
    }

    @Test
    void aBrokenLinkLosesNoFunction() throws Exception {
        List<Integer> items = upTo(200);
        for (int round = 0; round < 3; round++) {
            MapResult<Integer> map = grid.loadBalanced().chunk(1).mapAsync(reader(MEGABYTE, 20 + round), items);
            nodes.cut(grid);

            assertThat(map.await()).isEqualTo(plus(items, 20 + round));
        }
    }

    @Test
    void clientsShareNoFunctionsAndTakeTheirsWithThem() throws Exception {
        await().untilAsserted(() -> assertThat(grid.memory().engines()).allMatch(EngineMemory::answered));
        RemoteFunction<Integer, Integer> function = reader(100_000, 5);
        assertThat(grid.engines().apply(function, 1)).containsExactly(6, 6);
        try (Grid other = nodes.connect()) {
            other.awaitEngines(ENGINES, Duration.ofSeconds(20));
            assertThat(other.engines().apply(function, 2)).containsExactly(7, 7);
            assertThat(functionBytes(other)).isGreaterThanOrEqualTo(ENGINES * 100_000L);
        }
        assertThat(grid.engines().apply(function, 3)).containsExactly(8, 8);

        TestGrid own = new TestGrid(1);
        try (Grid watcher = own.connect()) {
            watcher.awaitEngines(1, Duration.ofSeconds(20));
            try (Grid leaving = own.connect()) {
                leaving.awaitEngines(1, Duration.ofSeconds(20));
                leaving.engines().apply(function, 1);
                assertThat(watcher.memory().engines().get(0).functions())
                        .singleElement()
                        .satisfies(held -> assertThat(held.bytes()).isBetween(100_000L, 102_000L))
                        .extracting(ProgramFunctions::functions)
                        .isEqualTo(1);
            }
            await().untilAsserted(() -> assertThat(functionBytes(watcher)).isZero());
        } finally {
            own.close();
        }
    }

    /** Large, and cannot be read. */
    private static final class Unreadable implements Serializable {
        private static final long serialVersionUID = 1L;

        private final byte[] filling = new byte[10_000];

        private void readObject(ObjectInputStream in) throws InvalidObjectException {
            throw new InvalidObjectException("never readable");
        }
    }

    @Test
    void whatCannotBeReadFailsEachTimeWithItsReason() throws Exception {
        Unreadable unreadable = new Unreadable();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> grid.engine(0).apply(() -> unreadable.filling.length))
                    .isInstanceOf(TaskFailedException.class)
                    .hasMessageContaining("never readable");
        }
        assertThat(grid.engine(0).apply(() -> 1)).isEqualTo(1);
    }

    @Test
    void aFunctionWhoseFirstCallWasCancelledWorksAfterwards() throws Exception {
        RemoteFunction<Integer, Integer> function = reader(MEGABYTE, 6);
        for (int i = 0; i < 10; i++) {
            grid.loadBalanced().mapAsync(function, upTo(100)).cancel(true);
        }

        assertThat(grid.engines().apply(function, 1)).containsExactly(7, 7);
        assertThat(grid.loadBalanced().map(function, upTo(100))).isEqualTo(plus(upTo(100), 6));
    }
}
