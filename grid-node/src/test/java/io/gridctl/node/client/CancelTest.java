package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gridctl.AsyncResult;
import io.gridctl.Engine;
import io.gridctl.Grid;
import io.gridctl.LoadBalancedView;
import io.gridctl.MapResult;
import io.gridctl.Task;
import io.gridctl.TaskState;
import io.gridctl.TextReply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedGrid.class)
@Timeout(60)
class CancelTest {
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final Grid grid = SharedGrid.grid();
    private final Engine engine = grid.engine(1);
    private final Gate gate = Gate.closed();

    private AsyncResult<Void> gated() {
        Gate mine = gate;
        return engine.runAsync(mine::pass);
    }

    private void assertCancelled(AsyncResult<?> result) {
        assertThat(result.isCancelled()).isTrue();
        assertThat(result.isDone()).isTrue();
        assertThatThrownBy(result::await).isInstanceOf(CancellationException.class);
        assertThatThrownBy(result::get).isInstanceOf(CancellationException.class);
        assertThat(result.tasks()).extracting(Task::state).contains(TaskState.CANCELLED);
    }

    @Test
    void cancellingARunningTaskInterruptsIt() {
        AsyncResult<Void> result = gated();
        await().until(() -> gate.arrived() == 1);

        assertThat(result.cancel(true)).isTrue();

        assertCancelled(result);
        await().until(() -> gate.interrupted() == 1);
        await().until(SharedGrid::isIdle);
    }

    @Test
    void allCallsOfAGridAreCancelledAtOnce() {
        Gate mine = gate;
        AsyncResult<Void> direct = gated();
        MapResult<Integer> balanced = grid.loadBalanced()
                .mapAsync(
                        item -> {
                            mine.pass();
                            return item;
                        },
                        List.of(1));
        MapResult<TextReply> text = grid.engines(0).executeAsync("while (true);");

        assertThat(grid.cancelCalls()).isEqualTo(3);

        assertCancelled(direct);
        assertCancelled(balanced);
        assertCancelled(text);
        await().until(SharedGrid::isIdle);
        assertThat(grid.cancelCalls()).isZero();
    }

    @Test
    void cancellingWithoutInterruptLetsTheTaskRunOn() throws Exception {
        AsyncResult<Void> result = gated();
        await().until(() -> gate.arrived() == 1);

        assertThat(result.cancel(false)).isTrue();

        assertCancelled(result);
        assertThat(engine.status().running()).isEqualTo(1);
        gate.open();
        await().until(() -> gate.passed() == 1);
        assertThat(gate.interrupted()).isZero();
    }

    @Test
    void aTaskThatIgnoresTheInterruptIsCancelledAtOnceAllTheSame() throws Exception {
        Gate mine = gate;
        AsyncResult<Void> result = engine.runAsync(mine::passStubbornly);
        await().until(() -> gate.arrived() == 1);

        result.cancel(true);

        assertCancelled(result);
        await().until(() -> gate.interrupted() == 1);
        assertThat(engine.status().running()).isEqualTo(1);
    }

    @Test
    void aQueuedTaskIsDroppedAndNeverRuns() throws Exception {
        RUNS.set(0);
        AsyncResult<Void> first = gated();
        AsyncResult<Integer> queued = engine.applyAsync(() -> RUNS.incrementAndGet());
        await().until(() -> engine.status().waiting() == 1);

        queued.cancel(false);

        assertCancelled(queued);
        await().until(() -> engine.status().waiting() == 0);
        gate.open();
        first.await();
        engine.run(() -> {});
        assertThat(RUNS).hasValue(0);
    }

    @Test
    void aCancelThatFollowsTheCallAtOnceReachesTheTask() {
        for (int round = 0; round < 100; round++) {
            assertThat(gated().cancel(true)).isTrue();
        }

        await().until(SharedGrid::isIdle);
        assertThat(gate.passed()).isZero();
    }

    @Test
    void anEndedCallCannotBeCancelled() throws Exception {
        AsyncResult<Integer> result = engine.applyAsync(() -> 5);
        result.await();

        assertThat(result.cancel(true)).isFalse();
        assertThat(result.isCancelled()).isFalse();
        assertThat(result.await()).isEqualTo(5);
    }

    @Test
    void aSecondCancelSaysThatItHadEnded() {
        AsyncResult<Void> result = gated();

        assertThat(result.cancel(true)).isTrue();
        assertThat(result.cancel(true)).isFalse();
    }

    @Test
    void theInterruptOfACancelledTaskDoesNotReachTheNext() throws Exception {
        for (int round = 0; round < 500; round++) {
            AsyncResult<Void> spinning = engine.runAsync(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
            });
            AsyncResult<Boolean> next =
                    engine.applyAsync(() -> Thread.currentThread().isInterrupted());

            spinning.cancel(true);

            assertThat(next.await()).isFalse();
        }
    }

    /** Its predecessor's answer sends it, on another thread, while it is cancelled on this one. */
    @Test
    void aCancelReachesATaskThatIsBeingSent() throws Exception {
        LoadBalancedView one = grid.loadBalanced().where(info -> info.id() == 1);
        for (int round = 0; round < 500; round++) {
            AsyncResult<Integer> first = one.applyAsync(() -> 0);
            AsyncResult<Integer> spinning = one.applyAsync(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
                return 0;
            });

            while (!spinning.isRunning() && !first.isDone()) {
                Thread.onSpinWait();
            }
            spinning.cancel(true);

            first.await();
            assertCancelled(spinning);
        }
        // If one of them spun on, this would wait for it.
        assertThat(one.apply(() -> 1)).isEqualTo(1);
    }

    @Test
    void whatHasEndedBeforeTheCancelKeepsItsValueInItsTask() {
        Gate mine = gate;
        MapResult<Integer> result = grid.engines().applyAsync(ns -> {
            if (ns.engineId() != 0) {
                mine.pass();
            }
            return ns.engineId();
        });
        await().until(() -> result.progress().done() == 1);

        assertThat(result.cancel(true)).isTrue();

        assertCancelled(result);
        assertThat(result.tasks())
                .extracting(Task::state)
                .containsExactly(TaskState.SUCCEEDED, TaskState.CANCELLED, TaskState.CANCELLED);
        assertThat(result.stream().findFirst()).contains(0);
    }

    @Test
    void aBigMapIsCancelledWithWhatWaitsAndWhatRuns() throws Exception {
        Gate mine = gate;
        List<Integer> items = IntStream.range(0, 10_000).boxed().toList();
        MapResult<Integer> result = grid.loadBalanced()
                .mapAsync(
                        item -> {
                            mine.pass();
                            return item;
                        },
                        items);
        await().until(() -> gate.arrived() == SharedGrid.ENGINES);

        assertThat(result.cancel(true)).isTrue();

        assertCancelled(result);
        assertThat(result.progress().done()).isEqualTo(10_000);
        await().until(SharedGrid::isIdle);
        assertThat(gate.passed()).isZero();
        assertThat(gate.arrived()).as("what waited is not sent").isLessThan(200);
        assertThat(grid.loadBalanced().map(x -> x + 1, List.of(1, 2, 3))).containsExactly(2, 3, 4);
    }

    @Test
    void manyCancelsLeaveTheEnginesUsable() throws Exception {
        List<AsyncResult<?>> calls = new ArrayList<>();
        for (int round = 0; round < 200; round++) {
            calls.add(grid.loadBalanced().applyAsync(() -> {
                Work.takes(3);
                return 1;
            }));
        }
        calls.forEach(call -> call.cancel(true));

        assertThat(calls).allMatch(AsyncResult::isDone);
        assertThat(grid.engines().apply(() -> 1)).containsExactly(1, 1, 1);
        assertThat(grid.loadBalanced().apply(() -> 2)).isEqualTo(2);
    }
}
