package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gridctl.AsyncResult;
import io.gridctl.Engine;
import io.gridctl.Grid;
import io.gridctl.GridException;
import io.gridctl.GridTimeoutException;
import io.gridctl.MapResult;
import io.gridctl.Progress;
import io.gridctl.Task;
import io.gridctl.TaskFailedException;
import io.gridctl.TaskState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedGrid.class)
@Timeout(60)
class AsyncResultTest {
    private final Grid grid = SharedGrid.grid();
    private final Engine engine = grid.engine(1);
    private final Gate gate = Gate.closed();

    private AsyncResult<Integer> gated() {
        Gate mine = gate;
        return engine.applyAsync(() -> {
            mine.pass();
            return 7;
        });
    }

    /** One part per engine; each waits for a gate of its own and gives its engine's id. */
    private MapResult<Integer> gatedParts(Gate... gates) {
        return grid.engines().applyAsync(ns -> {
            gates[ns.engineId()].pass();
            return ns.engineId();
        });
    }

    @Test
    void waitingTooShortFailsAndTheCallGoesOn() throws Exception {
        AsyncResult<Integer> result = gated();

        assertThatThrownBy(() -> result.await(Duration.ofMillis(20)))
                .isInstanceOf(GridTimeoutException.class)
                .hasMessage("0 of 1 done after 20 ms; the call goes on");
        assertThatThrownBy(() -> result.get(20, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> result.await(Duration.ZERO)).isInstanceOf(GridTimeoutException.class);
        gate.open();

        assertThat(result.await(Duration.ofSeconds(20))).isEqualTo(7);
        assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo(7);
        assertThat(result.await(java.time.temporal.ChronoUnit.FOREVER.getDuration()))
                .isEqualTo(7);
    }

    @Test
    void theValueMayBeAskedForAgainAndIsTheSame() throws Exception {
        AsyncResult<List<Integer>> result = engine.applyAsync(() -> new ArrayList<>(List.of(1)));

        assertThat(result.get()).isEqualTo(List.of(1)).isSameAs(result.await()).isSameAs(result.await(Duration.ZERO));
    }

    @Test
    void anInterruptedWaitLeavesTheCallAlone() throws Exception {
        AsyncResult<Integer> result = gated();

        Thread.currentThread().interrupt();
        assertThatThrownBy(result::await).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> result.get(1, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        gate.open();

        assertThat(result.await()).isEqualTo(7);
    }

    @Test
    void theFutureCompletesOnAThreadOfTheGridsOwn() throws Exception {
        AsyncResult<Integer> result = gated();

        CompletableFuture<String> thread = result.toCompletableFuture()
                .thenApply(value -> Thread.currentThread().getName());
        gate.open();

        assertThat(thread.get(20, TimeUnit.SECONDS)).startsWith("grid-").doesNotContain("hz");
    }

    @Test
    void theFutureFailsWithTheGridExceptionItself() {
        AtomicReference<Throwable> seen = new AtomicReference<>();
        AsyncResult<?> result = engine.runAsync(() -> {
            throw new IOException("x");
        });

        CompletableFuture<?> told = result.toCompletableFuture().whenComplete((value, failure) -> seen.set(failure));

        await().until(told::isDone);
        assertThat(seen.get()).isInstanceOf(TaskFailedException.class);
    }

    @Test
    void eachFutureIsNewAndItsCompletionOrCancelDoesNotReachTheGrid() throws Exception {
        AsyncResult<Integer> result = gated();
        CompletableFuture<Integer> one = result.toCompletableFuture();
        CompletableFuture<Integer> other = result.toCompletableFuture();

        one.cancel(true);
        other.complete(99);
        gate.open();

        assertThat(result.await()).isEqualTo(7);
        assertThat(result.isCancelled()).isFalse();
        assertThat(result.toCompletableFuture().get()).isEqualTo(7);
    }

    @Test
    void aFutureOfACancelledCallIsCancelled() {
        AsyncResult<Integer> result = gated();
        CompletableFuture<Integer> future = result.toCompletableFuture();

        result.cancel(true);

        await().until(future::isDone);
        assertThat(future.isCancelled()).isTrue();
        assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
    }

    @Test
    void aStageMayWaitForAnotherCall() throws Exception {
        Gate first = Gate.closed();
        AsyncResult<Integer> second = gated();
        AsyncResult<Integer> one = grid.engine(0).applyAsync(() -> {
            first.pass();
            return 1;
        });

        CompletableFuture<Integer> sum = one.toCompletableFuture()
                .thenApply(value -> value + second.toCompletableFuture().join());
        first.open();
        gate.open();

        assertThat(sum.get(20, TimeUnit.SECONDS)).isEqualTo(8);
    }

    @Test
    void progressAndStateFollowTheCall() throws Exception {
        Gate[] gates = {Gate.closed(), Gate.closed(), Gate.closed()};
        MapResult<Integer> result = gatedParts(gates);
        await().until(() -> gates[2].arrived() == 1);

        assertThat(result.progress()).isEqualTo(new Progress(0, 3));
        assertThat(result.isRunning()).isTrue();
        assertThat(result.isDone()).isFalse();
        gates[1].open();
        await().until(() -> result.progress().equals(new Progress(1, 3)));
        assertThat(result.tasks())
                .extracting(Task::state)
                .containsExactly(TaskState.SENT, TaskState.SUCCEEDED, TaskState.SENT);
        gates[0].open();
        gates[2].open();
        result.await();

        assertThat(result.progress()).isEqualTo(new Progress(3, 3));
        assertThat(result.isRunning()).isFalse();
        assertThat(result.isDone()).isTrue();
    }

    @Test
    void failedTasksCountAsDone() {
        MapResult<Integer> result = grid.engines().applyAsync(ns -> 1 / ns.engineId());

        assertThatThrownBy(result::await).isInstanceOf(GridException.class);
        assertThat(result.progress()).isEqualTo(new Progress(3, 3));
        assertThat(result.tasks()).extracting(Task::state).containsOnlyOnce(TaskState.FAILED);
    }

    @Test
    void timesAddUp() throws Exception {
        AsyncResult<Integer> running = gated();
        Duration first = running.elapsed();
        await().until(() -> running.elapsed().compareTo(first) > 0);
        assertThat(running.serialTime()).isZero();
        assertThat(running.speedUp()).isZero();
        gate.open();
        running.await();

        MapResult<Integer> result = grid.engines().applyAsync(() -> {
            Work.takes(120);
            return 1;
        });
        result.await();

        assertThat(result.serialTime()).isGreaterThanOrEqualTo(Duration.ofMillis(350));
        assertThat(result.wallTime()).isGreaterThanOrEqualTo(Duration.ofMillis(110));
        assertThat(result.elapsed()).as("stands still after the end").isEqualTo(result.elapsed());
        assertThat(result.wallTime()).isEqualTo(result.elapsed());
        assertThat(result.speedUp())
                .isEqualTo((double) result.serialTime().toNanos()
                        / result.wallTime().toNanos());
    }

    @Test
    void aTaskTellsItsStory() throws Exception {
        Instant before = Instant.now();
        AsyncResult<Integer> result = gated();
        await().until(() -> gate.arrived() == 1);

        Task running = result.tasks().get(0);
        assertThat(running.state()).isEqualTo(TaskState.SENT);
        assertThat(running.engineId()).contains(1);
        assertThat(running.attempts()).isEqualTo(1);
        assertThat(running.submitted()).isBetween(before, Instant.now());
        assertThat(running.ended()).isEmpty();
        assertThat(running.received()).isEmpty();
        assertThat(running.ran()).isZero();
        gate.open();
        result.await();

        Task ended = result.tasks().get(0);
        assertThat(ended.id()).isEqualTo(running.id()).isNotBlank();
        assertThat(ended.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(ended.ran()).isPositive();
        assertThat(ended.started().orElseThrow()).isBefore(ended.ended().orElseThrow());
        assertThat(ended.received().orElseThrow()).isBetween(before.minusMillis(1), Instant.now());
        assertThat(ended.started().orElseThrow().plus(ended.ran()))
                .isEqualTo(ended.ended().orElseThrow());
    }

    @Test
    void tasksHaveIdsOfTheirOwn() throws Exception {
        MapResult<Integer> result = grid.loadBalanced()
                .mapAsync(x -> x, IntStream.range(0, 50).boxed().toList());
        result.await();

        assertThat(result.tasks()).extracting(Task::id).doesNotHaveDuplicates().hasSize(50);
    }

    @Test
    void aStreamGivesValuesInOrderWhileTheCallRuns() {
        Gate[] gates = {Gate.closed(), Gate.closed(), Gate.closed()};
        MapResult<Integer> result = gatedParts(gates);
        gates[1].open();
        gates[0].open();

        Iterator<Integer> values = result.stream().iterator();

        assertThat(values.next()).isZero();
        assertThat(values.next()).isEqualTo(1);
        assertThat(result.isDone()).isFalse();
        gates[2].open();
        assertThat(values.next()).isEqualTo(2);
        assertThat(values.hasNext()).isFalse();
        assertThat(result.stream().toList()).containsExactly(0, 1, 2);
    }

    @Test
    void asCompletedGivesValuesAsTheyArrive() {
        Gate[] gates = {Gate.closed(), Gate.closed(), Gate.closed()};
        MapResult<Integer> result = gatedParts(gates);
        Iterator<MapResult.Item<Integer>> values = result.asCompleted().iterator();

        gates[2].open();
        assertThat(values.next()).isEqualTo(new MapResult.Item<>(2, 2));
        gates[0].open();
        assertThat(values.next()).isEqualTo(new MapResult.Item<>(0, 0));
        assertThat(result.isDone()).isFalse();
        gates[1].open();
        assertThat(values.next()).isEqualTo(new MapResult.Item<>(1, 1));
        assertThat(values.hasNext()).isFalse();
    }

    @Test
    void aFailedPartThrowsWhereItsValueWouldStand() {
        MapResult<Integer> result = grid.engines().applyAsync(ns -> 10 / (ns.engineId() - 1));
        Iterator<Integer> values = result.stream().iterator();

        assertThat(values.next()).isEqualTo(-10);
        assertThatThrownBy(values::next).isInstanceOf(TaskFailedException.class).hasMessageContaining("/ by zero");
    }

    @Test
    void anInterruptEndsAStreamAndKeepsTheFlag() {
        MapResult<Integer> result = gatedParts(gate, gate, gate);

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> result.stream().toList()).isInstanceOf(GridException.class);
        assertThat(Thread.interrupted()).isTrue();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> result.asCompleted().toList()).isInstanceOf(GridException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.isDone()).isFalse();
    }

    @Test
    void valuesByEngine() throws Exception {
        assertThat(grid.engines(2, 0).applyAsync(ns -> "e" + ns.engineId()).byEngine())
                .containsExactly(Map.entry(2, "e2"), Map.entry(0, "e0"));
        MapResult<Integer> many = grid.loadBalanced().mapAsync(x -> x, List.of(1, 2, 3, 4));
        assertThatThrownBy(many::byEngine).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(
                        () -> grid.engines().applyAsync(ns -> 1 / ns.engineId()).byEngine())
                .isInstanceOf(GridException.class);
    }

    @Test
    void awaitInteractiveShowsABarAndGivesTheValue() throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        System.setErr(new PrintStream(shown, true, StandardCharsets.UTF_8));
        try {
            assertThat(grid.loadBalanced()
                            .mapAsync(x -> x + 1, List.of(1, 2, 3, 4))
                            .awaitInteractive())
                    .containsExactly(2, 3, 4, 5);
        } finally {
            System.setErr(before);
        }

        assertThat(shown.toString(StandardCharsets.UTF_8)).contains("tasks").contains("4/4");
    }

    @Test
    void awaitInteractiveThrowsWhatAwaitThrows() {
        assertThatThrownBy(() -> engine.runAsync(() -> {
                            throw new IOException("x");
                        })
                        .awaitInteractive())
                .isInstanceOf(TaskFailedException.class);
    }
}
