package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.Grid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that are there before the engines are. */
@Timeout(120)
class ArrivingEnginesTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @RepeatedTest(3)
    void whoConnectsWhileEnginesStartSeesThemAll() throws Exception {
        try (TestGrid nodes = new TestGrid(0)) {
            List<Grid> early = new ArrayList<>(List.of(nodes.connect()));
            for (int id = 0; id < 3; id++) {
                nodes.startEngine(id);
                early.add(nodes.connect());
            }

            for (Grid grid : early) {
                assertThat(grid.awaitEngines(3, LONG)).containsExactly(0, 1, 2);
            }
        }
    }

    /** Nothing is told to a client of what a member that it cannot hear yet does. */
    @Test
    void anEngineOfWhichNobodyTellsIsFound() throws Exception {
        try (TestGrid nodes = new TestGrid(0)) {
            Grid deaf = nodes.connectDeaf();

            nodes.startEngine(0);

            assertThat(deaf.awaitEngines(1, LONG)).containsExactly(0);
        }
    }
}
