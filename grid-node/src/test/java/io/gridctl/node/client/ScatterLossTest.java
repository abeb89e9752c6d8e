package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gridctl.AsyncResult;
import io.gridctl.EngineLostException;
import io.gridctl.Grid;
import io.gridctl.ScatterException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Scattered data while engines die and come. */
@Timeout(60)
@Tag("any-jvm")
class ScatterLossTest {
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
    void aLostEnginesPartIsReadWhereItIsKept() throws Exception {
        Grid grid = nodes.connect();
        grid.awaitEngines(3, SOON);
        int[] data = IntStream.range(0, 100).toArray();
        grid.engines().scatter("x", data);

        nodes.kill(1);
        await().until(() -> grid.ids().equals(List.of(0, 2)));
        assertThat(grid.engines().gather("x", int[].class)).isEqualTo(data);

        nodes.startEngine(3);
        grid.awaitEngines(3, SOON);
        assertThat(grid.engines().gather("x", int[].class)).isEqualTo(data);
        assertThat(grid.engines(e -> e.stream().filter(info -> info.id() > 0).toList())
                        .gather("x", int[].class))
                .isEqualTo(data);

        nodes.startEngine(1);
        grid.awaitEngines(4, SOON);
        assertThat(grid.engine(1).<Integer>apply(ns -> ns.<int[]>get("x").length))
                .isEqualTo(33);
        assertThat(grid.engines().gather("x", int[].class)).isEqualTo(data);
    }

    /** Whoever reads it waits at the gate, and the engine's namespace with it. */
    record Reluctant(Gate gate) {
        static volatile boolean armed;

        Reluctant {
            if (armed) {
                gate.passStubbornly();
            }
        }
    }

    @Test
    void whoHasItsPartIsSaidIfAnEngineIsLost() throws Exception {
        Grid grid = nodes.connect();
        grid.awaitEngines(3, SOON);
        List<Integer> ids = grid.ids();
        int lost = ids.get(1);
        Gate gate = Gate.closed();
        grid.engine(lost).push("reluctant", new Reluctant(gate));
        Reluctant.armed = true;
        var unused = grid.engine(lost).applyAsync(ns -> ns.get("reluctant"));
        await().until(() -> gate.arrived() == 1);

        AsyncResult<?> scattered = grid.engines().scatterAsync("y", new double[500_000]);
        await().until(() -> scattered.progress().done() == ids.size() - 1);
        nodes.kill(lost);

        assertThatThrownBy(scattered::await).isInstanceOfSatisfying(ScatterException.class, e -> {
            assertThat(e.missing()).containsExactly(lost);
            assertThat(e.present()).doesNotContain(lost).hasSize(ids.size() - 1);
            assertThat(e.failures().get(0)).isInstanceOf(EngineLostException.class);
            assertThat(e).hasMessageContaining("have their parts, engine " + lost + " has not: ");
        });
        gate.open();
        nodes.startEngine(lost);
        grid.awaitEngines(ids.size(), SOON);
    }
}
