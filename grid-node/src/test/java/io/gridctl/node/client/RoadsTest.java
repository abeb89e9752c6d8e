package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import io.gridctl.AsyncResult;
import io.gridctl.CompositeException;
import io.gridctl.EngineLostException;
import io.gridctl.Grid;
import io.gridctl.node.pipeline.PipelineReport;
import io.gridctl.node.share.NeedsHostMemory;
import io.gridctl.node.task.GridObjects;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** By which road calls on parts come to their engines, and what becomes of them when it breaks. */
@Timeout(60)
class RoadsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static TestGrid nodes;

    @BeforeAll
    static void open() {
        nodes = new TestGrid(3);
    }

    @AfterAll
    static void close() {
        nodes.close();
    }

    @Test
    void manyBytesAreWorkedOnByAJobAndFewAreNot() throws Exception {
        Grid grid = nodes.connect();
        grid.awaitEngines(3, SOON);
        grid.engines().scatter("few", IntStream.range(0, 1000).toArray());
        grid.engines().scatter("many", new byte[(int) Crossing.LEAST_BYTES]);
        Set<String> calls = ConcurrentHashMap.newKeySet();
        IMap<String, PipelineReport> reports = nodes.client(grid).getMap(GridObjects.PIPELINE);
        reports.addEntryListener(
                (EntryAddedListener<String, PipelineReport>)
                        (EntryEvent<String, PipelineReport> added) -> calls.add(added.getKey()),
                false);

        assertThat(grid.engines().<Integer>reduce("few", Integer::sum)).hasValue(499_500);
        assertThat(grid.engines().<Byte>reduce("many", (x, y) -> x)).hasValue((byte) 0);

        await().until(() -> calls.size() >= 3); // reports are told in the order in which they were put
        assertThat(calls).hasSize(3);
        assertThat(calls).allMatch(key -> key.endsWith("/CALL"));
        await().until(reports::isEmpty);
    }

    @Test
    @NeedsHostMemory
    void dataOfAClientsOwnGoesWithAJobIfItIsLarge() throws Exception {
        Grid grid = nodes.connect();
        grid.awaitEngines(3, SOON);
        int large = (int) Crossing.LEAST_BYTES / Double.BYTES;

        awaitCalls(grid, 0, () -> grid.engines().map(x -> x + 1, new double[large / 2]));
        awaitCalls(grid, 3, () -> grid.engines().map(x -> x + 1, new double[large]));
        awaitCalls(grid, 3, () -> grid.engines().parallel((double[] part) -> 1, new double[large]));
        awaitCalls(grid, 3, () -> grid.engines().map(x -> 1, Collections.nCopies(3 * large, 1)));
    }

    private interface Call {
        void run() throws Exception;
    }

    /** Of a call that brings a frame to so many engines by a job. */
    private static void awaitCalls(Grid grid, int engines, Call call) throws Exception {
        IMap<String, PipelineReport> reports = nodes.client(grid).getMap(GridObjects.PIPELINE);
        Set<String> added = ConcurrentHashMap.newKeySet();
        UUID listening = reports.addEntryListener(
                (EntryAddedListener<String, PipelineReport>)
                        (EntryEvent<String, PipelineReport> entry) -> added.add(entry.getKey()),
                false);
        try {
            call.run();
            reports.put("end", PipelineReport.storing(UUID.randomUUID(), 1));
            await().until(() -> added.contains("end") && added.size() > engines);
            assertThat(added).hasSize(engines + 1);
        } finally {
            reports.delete("end");
            reports.removeEntryListener(listening);
        }
    }

    @ParameterizedTest
    @EnumSource(Road.class)
    void aLostEngineFailsItsPartAndNoOther(Road road) throws Exception {
        Grid grid = nodes.connect();
        grid.awaitEngines(3, SOON);
        road.take(grid);
        Gate gate = Gate.closed();
        grid.engines().scatter("x", IntStream.range(0, 9).toArray());

        AsyncResult<Optional<Integer>> sum = grid.engines().reduceAsync("x", (x, y) -> {
            gate.pass();
            return x + y;
        });
        await().until(() -> gate.arrived() == 3);
        nodes.kill(1);
        await().until(() -> sum.progress().done() == 1);
        gate.open();

        assertThatThrownBy(sum::await).isInstanceOfSatisfying(CompositeException.class, e -> {
            assertThat(e.failures()).hasSize(1);
            assertThat(e.failures().get(0)).isInstanceOf(EngineLostException.class);
        });
        nodes.startEngine(1);
        grid.awaitEngines(3, SOON);
        assertThat(grid.engines().<Integer>reduce("x", Integer::sum)).hasValue(36);
    }

    @Test
    void whatNoJobBringsGoesByItself() throws Exception {
        Grid grid = nodes.connectWithoutJobs();
        grid.awaitEngines(3, SOON);
        Road.JOBS.take(grid);
        grid.engines().scatter("x", List.of(1, 2, 3, 4));

        assertThat(grid.engines().<Integer>reduce("x", Integer::sum)).hasValue(10);
    }
}
