package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gridctl.AsyncResult;
import io.gridctl.CompositeException;
import io.gridctl.DependencyException;
import io.gridctl.Grid;
import io.gridctl.LoadBalancedView;
import io.gridctl.MapReport;
import io.gridctl.MapResult;
import io.gridctl.Namespace;
import io.gridctl.NoEnginesException;
import io.gridctl.NoProgressException;
import io.gridctl.RunningTimeoutException;
import io.gridctl.Task;
import io.gridctl.TaskFailedException;
import io.gridctl.TaskState;
import io.gridctl.WaitingTimeoutException;
import io.gridctl.WhenFull;
import io.gridctl.WindowFullException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a load-balanced view can be asked for: tries, limits, room, place, order. */
@Timeout(60)
@ExtendWith(SharedGrid.class)
class ViewOptionsTest {
    private static final AtomicInteger RUNS = new AtomicInteger();
    private static final Queue<Integer> ENGINES = new ConcurrentLinkedQueue<>();

    private final Grid grid = SharedGrid.grid();
    private final LoadBalancedView view = grid.loadBalanced();

    private static int fail(String message) {
        RUNS.incrementAndGet();
        ENGINES.add(Namespace.current().engineId());
        throw new IllegalStateException(message);
    }

    private static void reset() {
        RUNS.set(0);
        ENGINES.clear();
    }

    // ---- tries

    @Test
    void aTaskThatFailsIsTriedAgainOnEachOtherEngineFirst() {
        reset();

        assertThatThrownBy(() -> view.retries(2).apply(() -> fail("always")))
                .isInstanceOf(TaskFailedException.class)
                .cause()
                .hasMessage("always");

        assertThat(RUNS).hasValue(3);
        assertThat(ENGINES).doesNotHaveDuplicates();
    }

    @Test
    void anItemIsTriedAgainAndItsNeighboursAreNot() throws Exception {
        reset();

        MapResult<Integer> result = view.chunk(10)
                .retries(1)
                .mapAsync(
                        x -> {
                            if (x == 5 && RUNS.incrementAndGet() == 1) {
                                throw new IllegalStateException("once");
                            }
                            return -x;
                        },
                        IntStream.range(0, 20).boxed().toList());

        assertThat(result.await())
                .isEqualTo(IntStream.range(0, 20).map(x -> -x).boxed().toList());
        assertThat(result.tasks().get(5).attempts()).isEqualTo(2);
        assertThat(result.tasks()).filteredOn(task -> task.attempts() == 1).hasSize(19);
    }

    @Test
    void whatIsNotWorthItIsNotTriedAgain() {
        reset();

        assertThatThrownBy(() -> view.retries(5)
                        .retryWhen(failure -> !(failure instanceof IllegalStateException))
                        .apply(() -> fail("no")))
                .isInstanceOf(TaskFailedException.class);

        assertThat(RUNS).hasValue(1);
    }

    @Test
    void theDelayGrowsFromTimeToTime() {
        reset();
        AsyncResult<Integer> result = view.retries(2)
                .retryDelay(Duration.ofMillis(100))
                .retryBackOff(3)
                .applyAsync(() -> fail("later"));

        assertThatThrownBy(result::await).isInstanceOf(TaskFailedException.class);

        assertThat(result.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(400));
        assertThat(RUNS).hasValue(3);
    }

    // ---- limits

    @Test
    void aTaskThatRunsTooLongIsInterruptedAndFails() {
        Gate gate = Gate.closed();

        assertThatThrownBy(() -> view.runningLimit(Duration.ofMillis(100)).run(gate::pass))
                .isInstanceOf(RunningTimeoutException.class)
                .hasMessageContaining("100 ms");

        await().until(() -> gate.interrupted() == 1);
    }

    @Test
    void theLimitOfAnItemIsItsOwn() {
        Gate gate = Gate.closed();
        MapResult<Integer> result = view.runningLimit(Duration.ofSeconds(2))
                .mapAsync(
                        x -> {
                            if (x == 3) {
                                gate.pass();
                            }
                            return x;
                        },
                        IntStream.range(0, 50).boxed().toList());

        assertThatThrownBy(result::await)
                .isInstanceOfSatisfying(
                        CompositeException.class,
                        failure -> assertThat(failure.failures())
                                .singleElement()
                                .isInstanceOf(RunningTimeoutException.class));
        assertThat(result.tasks())
                .filteredOn(task -> task.state() == TaskState.SUCCEEDED)
                .hasSize(49);
    }

    @Test
    void aTaskThatSaysNothingOfItsProgressFailsAndOneThatDoesGoesOn() throws Exception {
        Gate gate = Gate.closed();
        LoadBalancedView impatient = view.progressLimit(Duration.ofSeconds(1));

        assertThatThrownBy(() -> impatient.run(gate::pass)).isInstanceOf(NoProgressException.class);
        assertThat(impatient.apply(() -> {
                    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
                    while (System.nanoTime() < end) {
                        Namespace.current().progressed();
                        Thread.onSpinWait();
                    }
                    return "done";
                }))
                .isEqualTo("done");
    }

    @Test
    void aTaskThatFindsNoEngineInTimeFailsAndOneThatRunsDoesNot() throws Exception {
        Gate gate = Gate.closed();
        LoadBalancedView impatient = view.waitingLimit(Duration.ofSeconds(2));
        MapResult<Integer> running = impatient.mapAsync(
                x -> {
                    gate.pass();
                    return x;
                },
                List.of(1, 2, 3));
        await().until(() -> gate.arrived() == 3);

        AsyncResult<Integer> late = impatient.applyAsync(() -> 1);

        assertThatThrownBy(late::await)
                .isInstanceOf(WaitingTimeoutException.class)
                .hasMessageContaining("2000 ms");
        gate.open();
        assertThat(running.await()).containsExactly(1, 2, 3);
    }

    @Test
    void cancellingByForceInterruptsAsWell() {
        Gate gate = Gate.closed();
        AsyncResult<Integer> result = view.applyAsync(() -> {
            gate.pass();
            return 1;
        });
        await().until(() -> gate.arrived() == 1);

        assertThat(result.cancelByForce()).isTrue();

        await().until(() -> gate.interrupted() == 1);
        assertThat(result.isCancelled()).isTrue();
    }

    // ---- room

    @Test
    void aFullWindowRefusesOrHasTheCallerRun() throws Exception {
        Gate gate = Gate.closed();
        LoadBalancedView narrow = view.window(1, 1_000_000);
        AsyncResult<Integer> first = narrow.applyAsync(() -> {
            gate.pass();
            return 1;
        });

        assertThatThrownBy(() -> narrow.whenFull(WhenFull.FAIL).applyAsync(() -> 2))
                .isInstanceOf(WindowFullException.class)
                .hasMessageContaining("1 tasks");
        long here = Thread.currentThread().getId();
        RUNS.set(0);
        narrow.whenFull(WhenFull.CALLER_RUNS)
                .run(() -> RUNS.set(Thread.currentThread().getId() == here ? 7 : 1));
        assertThat(RUNS).hasValue(7);
        gate.open();
        assertThat(first.await()).isEqualTo(1);
    }

    @Test
    void aFullWindowHoldsTheSubmitterUntilThereIsRoom() throws Exception {
        Gate gate = Gate.closed();
        LoadBalancedView narrow = view.window(1, 1_000_000);
        AsyncResult<Integer> first = narrow.applyAsync(() -> {
            gate.pass();
            return 1;
        });

        CompletableFuture<Integer> second = new CompletableFuture<>();
        Thread submitter = new Thread(() -> {
            try {
                second.complete(narrow.apply(() -> 2));
            } catch (InterruptedException e) {
                second.completeExceptionally(e);
            }
        });
        submitter.start();
        await().until(() -> submitter.getState() == Thread.State.WAITING);
        assertThat(first.isDone()).isFalse();
        gate.open();

        assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo(2);
    }

    @Test
    void aStreamIsReadNoFurtherThanTheWindow() {
        AtomicInteger pulled = new AtomicInteger();
        Stream<Integer> endless = Stream.generate(pulled::incrementAndGet);

        try (Stream<Integer> values = view.window(10, 1_000_000).map(x -> x * 2, endless)) {
            Iterator<Integer> each = values.iterator();
            assertThat(each.next()).isEqualTo(2);
            assertThat(each.next()).isEqualTo(4);
            assertThat(pulled.get()).isBetween(2, 12);
        }
    }

    @Test
    void aStreamGivesItsValuesInOrderOrAsTheyCome() {
        List<Integer> items = IntStream.range(0, 500).boxed().toList();

        assertThat(view.window(64, 1_000_000).map(x -> x + 1, items.stream()))
                .containsExactlyElementsOf(items.stream().map(x -> x + 1).toList());
        assertThat(view.window(64, 1_000_000).mapUnordered(x -> x + 1, items.stream()))
                .containsExactlyInAnyOrderElementsOf(
                        items.stream().map(x -> x + 1).toList());
        assertThat(view.map(x -> x + 1, items.iterator())).hasSize(500);
    }

    @Test
    void aSlowItemDoesNotHoldUpTheOthersOfAnUnorderedStream() {
        Gate gate = Gate.closed();
        Iterator<Integer> values = view.chunk(1)
                .mapUnordered(
                        x -> {
                            if (x == 0) {
                                gate.pass();
                            }
                            return x;
                        },
                        IntStream.range(0, 20).boxed())
                .iterator();

        for (int i = 1; i < 20; i++) {
            assertThat(values.next()).isNotZero();
        }
        gate.open();
        assertThat(values.next()).isZero();
        assertThat(values.hasNext()).isFalse();
    }

    // ---- inputs in step

    @Test
    void twoAndThreeInputsGoInStepUntilTheShortestEnds() throws Exception {
        List<Integer> numbers = List.of(1, 2, 3, 4);
        List<String> words = List.of("a", "b", "c");

        assertThat(view.<Integer, String, String>map((n, w) -> w.repeat(n), numbers, words))
                .containsExactly("a", "bb", "ccc");
        assertThat(view.<Integer, String, Integer, String>map((n, w, m) -> w + n * m, numbers, words, List.of(10, 20)))
                .containsExactly("a10", "b40");
    }

    // ---- place and order

    @Test
    void aConditionChoosesEngines() throws Exception {
        List<Integer> engines = view.where(engine -> engine.id() == 1)
                .map(
                        x -> Namespace.current().engineId(),
                        IntStream.range(0, 50).boxed().toList());

        assertThat(engines).containsOnly(1);
        assertThatThrownBy(() -> view.where("no such tag").apply(() -> 1)).isInstanceOf(NoEnginesException.class);
    }

    @Test
    void workForABusyEngineDoesNotHoldUpOtherWork() throws Exception {
        Gate gate = Gate.closed();
        LoadBalancedView one = view.where(engine -> engine.id() == 1);
        AsyncResult<Integer> busy = one.applyAsync(() -> {
            gate.pass();
            return 1;
        });
        await().until(() -> gate.arrived() == 1);
        AsyncResult<Integer> behind = one.applyAsync(() -> 2);

        assertThat(view.apply(() -> 3)).isEqualTo(3);

        assertThat(behind.isDone()).isFalse();
        gate.open();
        assertThat(behind.await() + busy.await()).isEqualTo(3);
    }

    @Test
    void ofTwoFreeEnginesTheChosenOneRuns() throws Exception {
        LoadBalancedView last = view.choice((one, other) -> Integer.compare(other.engineId(), one.engineId()));

        // An engine is known to be free again before its answer is handed out. Where no thread of it gets to run for
        // long, it hands a task back.
        List<Integer> engines = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            engines.add(last.apply(() -> Namespace.current().engineId()));
        }
        assertThat(engines).filteredOn(engine -> engine == 2).hasSizeGreaterThan(180);
    }

    @Test
    void aCallAfterOthersBeginsWhenTheyHaveEnded() throws Exception {
        Gate gate = Gate.closed();
        AsyncResult<Integer> first = view.applyAsync(() -> {
            gate.pass();
            return 1;
        });

        AsyncResult<Integer> second = view.after(first).applyAsync(() -> 2);

        await().until(() -> gate.arrived() == 1);
        assertThat(second.isRunning()).isFalse();
        gate.open();
        assertThat(second.await()).isEqualTo(2);
        Task before = first.tasks().get(0);
        Task after = second.tasks().get(0);
        assertThat(after.started().orElseThrow())
                .isAfterOrEqualTo(before.started().orElseThrow());
    }

    @Test
    void whatComesAfterAFailureFailsAndDoesNotRun() {
        reset();
        AsyncResult<Integer> first = view.applyAsync(() -> fail("first"));

        AsyncResult<Integer> second = view.after(first).applyAsync(RUNS::incrementAndGet);

        assertThatThrownBy(second::await)
                .isInstanceOf(DependencyException.class)
                .hasCauseInstanceOf(TaskFailedException.class);
        assertThat(RUNS).hasValue(1);
    }

    @Test
    void aFollowerRunsWhereTheOtherRan() throws Exception {
        AsyncResult<Integer> first = view.applyAsync(() -> Namespace.current().engineId());
        List<AsyncResult<Integer>> followers = IntStream.range(0, 5)
                .mapToObj(i -> view.follow(first)
                        .<Integer>applyAsync(() -> Namespace.current().engineId()))
                .toList();

        for (AsyncResult<Integer> follower : followers) {
            assertThat(follower.await()).isEqualTo(first.await());
        }
    }

    @Test
    void nothingFollowsTwoEngines() throws Exception {
        AsyncResult<Integer> zero = view.where(engine -> engine.id() == 0)
                .applyAsync(() -> Namespace.current().engineId());
        AsyncResult<Integer> one = view.where(engine -> engine.id() == 1)
                .applyAsync(() -> Namespace.current().engineId());
        zero.await();
        one.await();

        assertThatThrownBy(() -> view.follow(zero, one).applyAsync(() -> 1))
                .isInstanceOf(DependencyException.class)
                .hasMessageContaining("[0, 1]");
    }

    // ---- what comes out

    @Test
    void failuresComeAsValuesOnRequest() throws Exception {
        List<MapResult.Settled<Integer>> settled = view.<Integer, Integer>mapAsync(
                        x -> {
                            if (x % 4 == 1) {
                                throw new IllegalStateException("item " + x);
                            }
                            return 10 * x;
                        },
                        IntStream.range(0, 10).boxed().toList())
                .settled();

        assertThat(settled).hasSize(10);
        assertThat(settled.get(2).value()).isEqualTo(20);
        assertThat(settled.get(2).failure()).isEmpty();
        assertThat(settled.get(5).failure().orElseThrow()).hasRootCauseMessage("item 5");
        assertThat(settled).filteredOn(each -> each.failure().isPresent()).hasSize(3);
    }

    @Test
    void aMapReportsWhatItCost() throws Exception {
        MapResult<Integer> result = view.mapAsync(
                x -> {
                    Work.takes(x == 7 ? 60 : 5);
                    return x;
                },
                IntStream.range(0, 30).boxed().toList());
        result.await();

        MapReport report = result.report();

        assertThat(report.items()).isEqualTo(30);
        assertThat(report.wall()).isEqualTo(result.wallTime());
        assertThat(report.work()).isEqualTo(result.serialTime());
        assertThat(report.efficiency()).isBetween(0.0, 1.0);
        assertThat(report.slowest()).hasSize(5);
        assertThat(report.slowest().get(0).id()).isEqualTo(result.tasks().get(7).id());
        assertThat(report.line()).startsWith("30 items in ").contains("efficiency", "slowest: ");
    }

    @Test
    void senselessOptionsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> view.retries(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> view.retryDelay(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> view.retryBackOff(0.5));
        assertThatIllegalArgumentException().isThrownBy(() -> view.runningLimit(Duration.ofNanos(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> view.waitingLimit(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> view.chunk(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> view.window(0, 1));
        MapResult<Integer> several = view.mapAsync(x -> x, List.of(1, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> view.follow(several));
    }
}
