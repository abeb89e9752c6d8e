package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.SimpleTimeLimiter;
import com.google.common.util.concurrent.TimeLimiter;
import io.gridctl.Namespace;
import io.gridctl.NotShippableException;
import io.gridctl.TaskFailedException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(SharedGrid.class)
class GridExecutorTest {
    private final ExecutorService executor = SharedGrid.grid().loadBalanced().asExecutorService();

    private interface Task<T> extends Callable<T>, Serializable {}

    private interface Source<T> extends Supplier<T>, Serializable {}

    private interface Action extends Runnable, Serializable {}

    /** Fails anywhere but on an engine. */
    private static int engine() {
        return Namespace.current().engineId();
    }

    private static <T> Task<T> task(Task<T> task) {
        return task;
    }

    @AfterEach
    void shutDown() {
        executor.shutdownNow();
    }

    @Test
    void whatIsSubmittedRunsOnAnEngine() throws Exception {
        assertThat(executor.submit(task(GridExecutorTest::engine)).get()).isBetween(0, 2);
        assertThat(executor.submit((Action) GridExecutorTest::engine, "done").get())
                .isEqualTo("done");
        assertThat(executor.submit((Action) GridExecutorTest::engine).get()).isNull();
        Future<Object> failing = executor.submit(task(() -> {
            throw new IllegalStateException("there");
        }));
        assertThatThrownBy(failing::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TaskFailedException.class)
                .hasRootCauseMessage("there");
    }

    @Test
    void aCompletableFutureIsSuppliedByAnEngine() throws Exception {
        assertThat(CompletableFuture.supplyAsync((Source<Integer>) GridExecutorTest::engine, executor)
                        .thenApply(id -> id + 100)
                        .get())
                .isBetween(100, 102);
        assertThat(CompletableFuture.runAsync((Action) GridExecutorTest::engine, executor)
                        .get())
                .isNull();
        assertThatThrownBy(() -> CompletableFuture.supplyAsync(
                                (Source<Integer>) () -> {
                                    throw new IllegalStateException("there");
                                },
                                executor)
                        .get())
                .hasCauseInstanceOf(TaskFailedException.class);
    }

    @Test
    void aLibraryThatWantsOneHasItsCallablesRunOnEngines() throws Exception {
        TimeLimiter limiter = SimpleTimeLimiter.create(executor);
        Gate gate = Gate.closed();

        assertThat(limiter.callWithTimeout(task(GridExecutorTest::engine), 30, TimeUnit.SECONDS))
                .isBetween(0, 2);
        assertThatThrownBy(() -> limiter.callWithTimeout(
                        task(() -> {
                            gate.pass();
                            return 1;
                        }),
                        1,
                        TimeUnit.SECONDS))
                .isInstanceOf(TimeoutException.class);
        // It cancels what takes too long: that was interrupted on its engine, unless it was never begun there.
        await().until(() -> gate.arrived() == gate.interrupted());
    }

    @Test
    void aCompletionServiceGetsItsResultsAsTheyCome() throws Exception {
        ExecutorCompletionService<Integer> service = new ExecutorCompletionService<>(executor);
        List<Future<Integer>> submitted = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            submitted.add(service.submit(task(GridExecutorTest::engine)));
        }

        for (int i = 0; i < 5; i++) {
            assertThat(service.take().get()).isBetween(0, 2);
        }
        assertThat(submitted).allMatch(Future::isDone);
    }

    @Test
    void allOfSeveralAndAnyOfSeveral() throws Exception {
        List<Task<Integer>> tasks = List.of(
                () -> 1,
                () -> {
                    throw new IllegalStateException("second");
                },
                () -> 3);

        List<Future<Integer>> all = executor.invokeAll(tasks);

        assertThat(all).allMatch(Future::isDone);
        assertThat(all.get(0).get() + all.get(2).get()).isEqualTo(4);
        assertThat(executor.invokeAny(tasks)).isIn(1, 3);
        assertThatThrownBy(() -> executor.invokeAny(List.of(tasks.get(1)))).isInstanceOf(ExecutionException.class);
        Gate gate = Gate.closed();
        assertThatThrownBy(() -> executor.invokeAny(
                        List.of(task(() -> {
                            gate.pass();
                            return 1;
                        })),
                        100,
                        TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
    }

    @Test
    void cancellingTheFutureCancelsTheTask() {
        Gate gate = Gate.closed();
        Future<Integer> future = executor.submit(task(() -> {
            gate.pass();
            return 1;
        }));
        await().until(() -> gate.arrived() == 1);

        assertThat(future.cancel(true)).isTrue();

        await().until(() -> gate.interrupted() == 1);
        assertThat(future.isCancelled()).isTrue();
    }

    @Test
    void anOrderlyShutdownLetsEndWhatHasBegun() throws Exception {
        Gate gate = Gate.closed();
        Future<Integer> future = executor.submit(task(() -> {
            gate.pass();
            return 1;
        }));
        await().until(() -> gate.arrived() == 1);

        executor.shutdown();

        assertThat(executor.isShutdown()).isTrue();
        assertThat(executor.isTerminated()).isFalse();
        assertThat(executor.awaitTermination(20, TimeUnit.MILLISECONDS)).isFalse();
        assertThatThrownBy(() -> executor.submit(task(() -> 2))).isInstanceOf(RejectedExecutionException.class);
        gate.open();
        assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(future.get()).isEqualTo(1);
        assertThat(SharedGrid.grid().loadBalanced().apply(() -> 3)).isEqualTo(3);
    }

    @Test
    void theCodeOfAFutureTaskRunsOnAnEngineAndTheFutureStays() throws Exception {
        FutureTask<Integer> future = new FutureTask<>(task(GridExecutorTest::engine));
        FutureTask<String> ofRunnable = new FutureTask<>((Action) GridExecutorTest::engine, "done");
        FutureTask<Integer> failing = new FutureTask<>(task(() -> {
            throw new IllegalStateException("there");
        }));

        List.of(future, ofRunnable, failing).forEach(executor::execute);

        assertThat(future.get()).isBetween(0, 2);
        assertThat(ofRunnable.get()).isEqualTo("done");
        assertThatThrownBy(failing::get)
                .hasCauseInstanceOf(TaskFailedException.class)
                .hasRootCauseMessage("there");
    }

    @Test
    void cancellingAFutureTaskInterruptsItsCodeWhereverThatRuns() {
        Gate gate = Gate.closed();
        FutureTask<Integer> future = new FutureTask<>(task(() -> {
            gate.pass();
            return 1;
        }));
        FutureTask<Integer> dropped = new FutureTask<>(task(GridExecutorTest::engine));
        executor.execute(future);
        await().until(() -> gate.arrived() == 1);

        future.cancel(true);
        dropped.cancel(true);
        executor.execute(dropped);

        await().until(() -> gate.interrupted() == 1);
        assertThat(future.isCancelled()).isTrue();
        assertThat(dropped.isCancelled()).isTrue();
    }

    @Test
    void codeOfFutureTasksThatAreCancelledAtOnceTakesNoSlotForLong() throws Exception {
        Gate gate = Gate.closed();
        for (int i = 0; i < 20; i++) {
            FutureTask<Integer> future = new FutureTask<>(task(() -> {
                gate.pass();
                return 1;
            }));
            executor.execute(future);
            future.cancel(true);
        }

        executor.shutdown();

        assertThat(executor.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        await().until(() -> gate.arrived() == gate.interrupted());
    }

    @Test
    void aFutureTaskThatIsGivenTwiceRunsOnce() throws Exception {
        Gate gate = Gate.closed();
        FutureTask<Integer> future = new FutureTask<>(task(() -> {
            gate.pass();
            return 1;
        }));

        executor.execute(future);
        executor.execute(future);
        gate.open();

        assertThat(future.get()).isEqualTo(1);
        executor.execute(future);
        assertThat(gate.arrived()).isEqualTo(1);
    }

    @Test
    void aFutureTaskWhoseCodeCannotTravelIsRejected() {
        Thread thread = new Thread("never starts");
        FutureTask<String> future = new FutureTask<>(thread, "done");

        assertThatThrownBy(() -> executor.execute(future))
                .isInstanceOf(RejectedExecutionException.class)
                .hasCauseInstanceOf(NotShippableException.class);

        assertThat(future.isDone()).isFalse();
    }

    @Test
    void whatCannotTravelIsRejected() {
        Thread thread = new Thread("never starts");

        assertThatThrownBy(() -> executor.execute(thread))
                .isInstanceOf(RejectedExecutionException.class)
                .hasCauseInstanceOf(NotShippableException.class);
    }
}
