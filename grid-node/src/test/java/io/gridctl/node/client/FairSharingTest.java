package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gridctl.Grid;
import io.gridctl.LoadBalancedView;
import io.gridctl.MapResult;
import io.gridctl.function.RemoteFunction;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who comes later, with less to do, waits for no more than his share of what is before him. */
@Tag("any-jvm")
@Timeout(90)
class FairSharingTest {
    private static final int FEW = 400;
    private static TestGrid nodes;

    private static final RemoteFunction<Integer, Integer> TASK = item -> {
        Work.takes(5);
        return item;
    };

    @BeforeAll
    static void open() {
        nodes = new TestGrid(2);
    }

    @AfterAll
    static void close() {
        nodes.close();
    }

    private static List<Integer> items(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static Grid connect() throws InterruptedException {
        Grid grid = nodes.connect();
        grid.awaitEngines(2, Duration.ofSeconds(20));
        return grid;
    }

    /** How many items of the one end while the other maps few. */
    private static int endedMeanwhile(LoadBalancedView first, LoadBalancedView second) throws InterruptedException {
        MapResult<Integer> many = first.mapAsync(TASK, items(100_000));
        await().until(() -> many.progress().done() > 200);
        int before = many.progress().done();

        assertThat(second.map(TASK, items(FEW))).hasSize(FEW);

        int meanwhile = many.progress().done() - before;
        many.cancel(true);
        return meanwhile;
    }

    @Test
    void twoClientsShareTheEngines() throws Exception {
        try (Grid first = connect();
                Grid second = connect()) {
            assertThat(endedMeanwhile(first.loadBalanced(), second.loadBalanced()))
                    .isBetween(FEW / 4, FEW * 4);
        }
    }

    @Test
    void twoViewsOfAClientShareTheEngines() throws Exception {
        try (Grid grid = connect()) {
            assertThat(endedMeanwhile(grid.loadBalanced(), grid.loadBalanced())).isBetween(FEW / 4, FEW * 4);
        }
    }
}
