package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import io.gridctl.AsyncResult;
import io.gridctl.CompositeException;
import io.gridctl.Grid;
import io.gridctl.GridException;
import io.gridctl.LoadBalancedView;
import io.gridctl.MapResult;
import io.gridctl.MapResult.Settled;
import io.gridctl.Task;
import io.gridctl.TaskFailedException;
import io.gridctl.TaskState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls of many parts that need not go on when one has failed, and those that go on nevertheless. */
@ExtendWith(SharedGrid.class)
@Timeout(60)
class FailFastTest {
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final Grid grid = SharedGrid.grid();
    private final LoadBalancedView view = grid.loadBalanced();

    private static List<Integer> upTo(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    /** The first to run fails, whichever engine is the quickest to begin; the others wait. */
    private static int failsFirst(Gate gate, Gate begin, int item) throws InterruptedException {
        if (begin.isFirst()) {
            begin.pass();
            throw new IllegalStateException("item " + item);
        }
        gate.pass();
        return item;
    }

    @Test
    void aViewThatFailsFastDropsTheRestOfAMap() {
        Gate gate = Gate.closed();
        Gate begin = Gate.closed();
        MapResult<Integer> map = view.chunk(1).failFast().mapAsync(x -> failsFirst(gate, begin, x), upTo(100));
        await().until(() -> begin.arrived() == 1 && gate.arrived() >= SharedGrid.ENGINES - 1);

        begin.open();

        CompositeException failed = catchThrowableOfType(CompositeException.class, map::await);
        assertThat(failed.failures()).singleElement().isInstanceOf(TaskFailedException.class);
        assertThat(map.isDone()).isTrue();
        assertThat(map.isCancelled()).isFalse();
        await().until(() -> gate.interrupted() >= SharedGrid.ENGINES - 1);
        assertThat(map.tasks().stream().collect(Collectors.groupingBy(Task::state, Collectors.counting())))
                .containsOnly(entry(TaskState.FAILED, 1L), entry(TaskState.CANCELLED, 99L));
    }

    @Test
    void whatWasDroppedIsSettledAsSuch() throws Exception {
        Gate gate = Gate.closed();
        Gate begin = Gate.closed();
        MapResult<Integer> map = view.chunk(1).failFast().mapAsync(x -> failsFirst(gate, begin, x), upTo(10));
        begin.open();

        List<Settled<Integer>> settled = map.settled();

        List<GridException> failures =
                settled.stream().map(each -> each.failure().orElseThrow()).toList();
        assertThat(failures).filteredOn(TaskFailedException.class::isInstance).hasSize(1);
        assertThat(failures)
                .filteredOn(failure -> !(failure instanceof TaskFailedException))
                .hasSize(9)
                .allSatisfy(dropped -> assertThat(dropped)
                        .hasMessageContaining("fails fast")
                        .hasCauseInstanceOf(TaskFailedException.class));
        List<CompletableFuture<Integer>> futures = map.futures();
        await().until(() -> futures.stream().allMatch(CompletableFuture::isCompletedExceptionally));
    }

    @Test
    void anItemThatIsTriedAgainHasNotFailedYet() throws Exception {
        RUNS.set(0);

        assertThat(view.failFast()
                        .retries(2)
                        .<Integer, Integer>map(
                                x -> {
                                    if (x == 5 && RUNS.incrementAndGet() < 3) {
                                        throw new IllegalStateException("try " + RUNS.get());
                                    }
                                    return x;
                                },
                                upTo(20)))
                .isEqualTo(upTo(20));
    }

    @Test
    void aReductionFailsFastToo() {
        Gate gate = Gate.closed();
        Gate begin = Gate.closed();
        AsyncResult<Optional<Integer>> result =
                view.chunk(1).failFast().mapReduceAsync(x -> failsFirst(gate, begin, x), Integer::sum, upTo(100));
        begin.open();

        assertThatThrownBy(result::await).isInstanceOf(CompositeException.class);
    }

    @Test
    void waitingCanEndAtTheFirstFailureWhileTheOthersGoOn() throws Exception {
        Gate gate = Gate.closed();
        Gate begin = Gate.closed();
        begin.open();
        MapResult<Integer> map = view.chunk(1).mapAsync(x -> failsFirst(gate, begin, x), upTo(10));

        CompositeException failed = catchThrowableOfType(CompositeException.class, map::awaitAllOrFailure);

        assertThat(failed.failures()).hasSize(1);
        assertThat(map.isDone()).isFalse();
        gate.open();
        assertThat(map.settled().stream().filter(each -> each.failure().isEmpty()))
                .hasSize(9);
        assertThat(view.<Integer, Integer>mapAsync(x -> -x, upTo(3)).awaitAllOrFailure())
                .containsExactly(0, -1, -2);
    }

    @Test
    void soItCanForTheEnginesOfADirectView() throws Exception {
        Gate gate = Gate.closed();
        MapResult<Integer> all = grid.engines().applyAsync(() -> {
            if (Thread.currentThread().getName().startsWith("grid-slot-1.")) {
                throw new IllegalStateException("engine 1");
            }
            gate.pass();
            return 1;
        });

        assertThatThrownBy(all::awaitAllOrFailure).isInstanceOf(CompositeException.class);

        assertThat(all.isDone()).isFalse();
        gate.open();
        assertThat(all.streamSettled().map(each -> each.failure().isPresent())).containsExactly(false, true, false);
        assertThat(grid.engines().applyAsync(() -> 1).awaitAllOrFailure()).containsExactly(1, 1, 1);
    }

    @Test
    void aCancelledCallIsCancelledForWhoeverWaitsForItsFirstFailure() {
        Gate gate = Gate.closed();
        MapResult<Integer> map = view.mapAsync(
                x -> {
                    gate.pass();
                    return x;
                },
                upTo(10));

        map.cancel(true);

        assertThatThrownBy(map::awaitAllOrFailure).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> map.streamSettled().toList()).isInstanceOf(CancellationException.class);
    }

    @Test
    void aLazyMapGivesFailuresAsValuesAndGoesOn() {
        AtomicBoolean closed = new AtomicBoolean();
        try (Stream<Settled<Integer>> values = view.window(20, 1 << 20)
                .mapSettled(
                        x -> {
                            if (x % 10 == 3) {
                                throw new IllegalStateException("item " + x);
                            }
                            return -x;
                        },
                        Stream.iterate(0, x -> x + 1).onClose(() -> closed.set(true)))) {
            List<Settled<Integer>> read = values.limit(100).toList();

            for (int i = 0; i < 100; i++) {
                if (i % 10 == 3) {
                    assertThat(read.get(i).failure().orElseThrow()).hasMessageContaining("item " + i);
                } else {
                    assertThat(read.get(i).value()).isEqualTo(-i);
                }
            }
        }
        assertThat(closed).isTrue();
    }
}
