package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.Grid;
import io.gridctl.MapResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LateOutcomesTest {
    /** Tasks that end just as their frame is answered: the outcome may overtake the answer that announces it. */
    @Test
    void anOutcomeThatOvertakesItsFramesAnswerIsNotLost() throws InterruptedException {
        List<Integer> items = IntStream.range(0, 2000).boxed().toList();

        try (Grid grid = Grid.local(3)) {
            MapResult<Integer> result = grid.loadBalanced()
                    .mapAsync(
                            item -> {
                                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(4500 + item % 10 * 100));
                                return item;
                            },
                            items);

            assertThat(result.await(Duration.ofSeconds(60))).isEqualTo(items);
        }
    }
}
