package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gridctl.Grid;
import io.gridctl.node.engine.EngineInspection;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class MemoryTest {
    /** What may be left: frames whose answers have arrived, which the engine learns with the next frame. */
    private static final int FEW = 8;

    private static TestGrid nodes;
    private static Grid grid;

    @BeforeAll
    static void start() {
        nodes = new TestGrid(2);
        grid = nodes.connect();
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    private static int heldByClient() {
        return ((RemoteGrid) grid).held();
    }

    @Test
    void aHundredThousandsOfTasksLeaveNothingBehind() throws Exception {
        List<Integer> items = IntStream.range(0, 100_000).boxed().toList();
        for (int round = 0; round < 2; round++) {
            assertThat(grid.loadBalanced().map(x -> x + 1, items)).hasSize(items.size());
        }
        for (int round = 0; round < 300; round++) {
            grid.engines().apply(() -> 1);
        }

        await().untilAsserted(() -> {
            assertThat(heldByClient()).isLessThanOrEqualTo(FEW);
            for (int id = 0; id < 2; id++) {
                assertThat(EngineInspection.held(nodes.desk(id))).isLessThanOrEqualTo(FEW);
            }
        });
    }

    @Test
    void longTasksLeaveNothingBehind() throws Exception {
        for (int round = 0; round < 20; round++) {
            grid.engines().run(() -> {
                System.out.println("x");
                Work.takes(8);
            });
        }
        grid.engines().run(() -> {});

        await().untilAsserted(() -> {
            assertThat(heldByClient()).isLessThanOrEqualTo(FEW);
            assertThat(EngineInspection.held(nodes.desk(0))).isLessThanOrEqualTo(FEW);
        });
    }

    @Test
    void aClientThatLeavesLeavesNothingBehind() throws Exception {
        grid.engines().apply(() -> 1);
        int clients = EngineInspection.clients(nodes.desk(0));
        int programs = EngineInspection.programs(nodes.desk(0));

        try (Grid other = nodes.connect()) {
            other.engines().apply(() -> 1);
            assertThat(EngineInspection.clients(nodes.desk(0))).isEqualTo(clients + 1);
            assertThat(EngineInspection.programs(nodes.desk(0))).isEqualTo(programs + 1);
        }

        await().untilAsserted(() -> {
            assertThat(EngineInspection.clients(nodes.desk(0))).isEqualTo(clients);
            assertThat(EngineInspection.programs(nodes.desk(0))).isEqualTo(programs);
        });
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // The gate tells what becomes of it.
    void theTasksOfAClientThatLeavesAreStopped() throws Exception {
        Gate gate = Gate.closed();
        Grid other = nodes.connect();
        other.engine(0).runAsync(gate::pass);
        await().until(() -> gate.arrived() == 1);

        other.close();

        await().until(() -> gate.interrupted() == 1);
        assertThat(grid.engine(0).apply(() -> 1)).isEqualTo(1);
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // The gate tells what becomes of it.
    void aTaskThatFailsAfterItsClientHasLeftLeavesNothingBehind() throws Exception {
        grid.engines().apply(() -> 1);
        int programs = EngineInspection.programs(nodes.desk(0));
        Gate gate = Gate.closed();
        Grid other = nodes.connect();
        other.engine(0).runAsync(() -> {
            gate.passStubbornly();
            throw new IllegalStateException("too late");
        });
        await().until(() -> gate.arrived() == 1);
        other.close();
        await().until(() -> gate.interrupted() > 0);

        gate.open();

        // The slot is free again, so the task's failure has been described.
        assertThat(grid.engine(0).apply(() -> 1)).isEqualTo(1);
        assertThat(EngineInspection.programs(nodes.desk(0))).isEqualTo(programs);
    }
}
