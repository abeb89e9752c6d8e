package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gridctl.AsyncResult;
import io.gridctl.CompositeException;
import io.gridctl.ConnectOptions;
import io.gridctl.Grid;
import io.gridctl.TaskFailedException;
import io.gridctl.TaskState;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Maps over arrays of which an engine's part does not travel at once. */
@Timeout(60)
class ArrayMapTest extends EitherRoad {
    private static final int CHUNK = 1 << 17;

    /** Seven chunks for each of three engines, the last of them short. */
    private final int[] numbers = IntStream.range(0, 3 * (6 * CHUNK + 5)).toArray();

    @Test
    void everyElementIsMappedInItsPlace() throws Exception {
        assertThat(all.map(x -> x + 1, numbers))
                .isEqualTo(IntStream.rangeClosed(1, numbers.length).toArray());
    }

    @Test
    void aPartMayBeLargerThanTheArgumentOfACall() throws Exception {
        try (TestGrid nodes = new TestGrid(1)) {
            Grid small = nodes.connect(ConnectOptions.defaults().withMaxCallBytes(1 << 20));

            assertThat(small.engines().map(x -> -x, numbers))
                    .isEqualTo(Arrays.stream(numbers).map(x -> -x).toArray());
        }
    }

    @Test
    void theArrayIsTakenAsItIsWhenTheCallBegins() throws Exception {
        int[] changing = numbers.clone();
        AsyncResult<int[]> result = all.mapAsync(x -> x, changing);
        Arrays.fill(changing, -1);

        assertThat(result.await()).isEqualTo(numbers);
    }

    @Test
    void ofEachEngineTheFirstFailureIsTold() {
        int last = numbers.length - 1;

        assertThatThrownBy(() -> all.map(x -> 1 / (x % (2 * CHUNK)) + 1 / (last - x), numbers))
                .isInstanceOfSatisfying(CompositeException.class, e -> {
                    assertThat(e.failures())
                            .extracting(failure -> ((TaskFailedException) failure).item())
                            .containsExactly(
                                    OptionalLong.of(0), OptionalLong.of(4 * 2 * CHUNK), OptionalLong.of(7 * 2 * CHUNK));
                    assertThat(e.parts()).isEqualTo(3);
                });
    }

    @Test
    void anEngineIsSentNoMoreOnceAnElementHasFailed() throws Exception {
        AsyncResult<int[]> result = grid.engines(0).mapAsync(x -> 1 / x, new int[40 * CHUNK]);

        assertThatThrownBy(result::await).isInstanceOf(CompositeException.class);
        await().until(result::isDone);
        assertThat(result.tasks())
                .filteredOn(task -> task.state() == TaskState.CANCELLED)
                .isNotEmpty();
    }

    @Test
    void whatWasNotSentWhenItIsCancelledIsNotSentAnyMore() throws Exception {
        AsyncResult<int[]> result = all.mapAsync(
                x -> {
                    Work.takes(60_000);
                    return x;
                },
                numbers);
        await().until(result::isRunning);

        result.cancel(true);

        await().until(SharedGrid::isIdle);
        assertThat(result.isCancelled()).isTrue();
        assertThat(all.map(x -> x, new int[] {4})).containsExactly(4);
    }
}
