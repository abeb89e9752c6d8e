package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.gridctl.AsyncResult;
import io.gridctl.CompositeException;
import io.gridctl.Grid;
import io.gridctl.LoadBalancedView;
import io.gridctl.MapResult;
import io.gridctl.Namespace;
import io.gridctl.NotShippableException;
import io.gridctl.Task;
import io.gridctl.TaskFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedGrid.class)
@Timeout(60)
class LoadBalancedViewTest {
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final Grid grid = SharedGrid.grid();
    private final LoadBalancedView view = grid.loadBalanced();

    @Test
    void itRunsAllShapes() throws Exception {
        RUNS.set(0);

        assertThat(view.apply(() -> 42)).isEqualTo(42);
        assertThat(view.<String, Integer>apply(String::length, "four")).isEqualTo(4);
        assertThat(view.<String, Boolean>apply(text -> text == null, null)).isTrue();
        assertThat(view.<Object>apply(() -> null)).isNull();
        view.run(() -> RUNS.incrementAndGet());
        assertThat(RUNS).hasValue(1);
        assertThat(view.applyAsync(() -> 42).await()).isEqualTo(42);
        assertThat(view.<Integer, Integer>applyAsync(x -> x * 2, 4).await()).isEqualTo(8);
    }

    @Test
    void resultsComeInTheOrderOfTheItems() throws Exception {
        List<Integer> items = IntStream.range(0, 300).boxed().toList();

        assertThat(view.<Integer, Integer>map(
                        x -> {
                            if (x % 50 == 0) {
                                Work.takes(10);
                            }
                            return -x;
                        },
                        items))
                .isEqualTo(items.stream().map(x -> -x).toList());
    }

    @Test
    void noItemsGiveNoValuesAndNullIsAnItem() throws Exception {
        assertThat(view.map(x -> x, List.of())).isEmpty();
        MapResult<Object> none = view.mapAsync(x -> x, List.of());
        assertThat(none.isDone()).isTrue();
        assertThat(none.cancel(true)).isFalse();
        assertThat(none.progress().total()).isZero();
        assertThat(none.toCompletableFuture().get()).isEmpty();
        assertThat(none.asCompleted()).isEmpty();
        assertThat(view.<String, String>map(x -> x, Arrays.asList("a", null, "b")))
                .containsExactly("a", null, "b");
        assertThatThrownBy(() -> view.map(x -> x, (List<Object>) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("items");
    }

    @Test
    void itemsAreTakenAsTheyAreWhenMapAsyncReturns() throws Exception {
        List<int[]> items = new ArrayList<>(List.of(new int[] {1}, new int[] {2}));
        MapResult<Integer> result = view.mapAsync(array -> array[0], items);

        items.get(1)[0] = 99;
        items.clear();

        assertThat(result.await()).containsExactly(1, 2);
    }

    @Test
    void longTasksSpreadOverAllEngines() throws Exception {
        Gate gate = Gate.closed();
        MapResult<Integer> result = view.mapAsync(
                item -> {
                    gate.pass();
                    return Namespace.current().engineId();
                },
                List.of(1, 2, 3));

        await().until(() -> gate.arrived() == 3);
        gate.open();

        assertThat(result.await()).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void eachItemHasAFutureThatCompletesBeforeTheOthersHaveEnded() throws Exception {
        Gate gate = Gate.closed();
        MapResult<Integer> result = view.chunk(1)
                .mapAsync(
                        x -> {
                            if (x == 0) {
                                gate.pass();
                            }
                            if (x == 2) {
                                throw new IllegalArgumentException("item 2");
                            }
                            return -x;
                        },
                        List.of(0, 1, 2, 3));

        List<CompletableFuture<Integer>> futures = result.futures();

        assertThat(futures.get(1).get()).isEqualTo(-1);
        assertThat(futures.get(3).thenApply(x -> x - 1).join()).isEqualTo(-4);
        assertThatThrownBy(futures.get(2)::get).hasCauseInstanceOf(TaskFailedException.class);
        assertThat(futures.get(0)).isNotDone();
        assertThat(result.isDone()).isFalse();
        gate.open();
        assertThat(futures.get(0).get()).isZero();
        assertThat(result.futures()).hasSize(4).allSatisfy(future -> await().until(future::isDone));
    }

    @Test
    void futuresOfACancelledMapAreCancelled() {
        Gate gate = Gate.closed();
        MapResult<Integer> result = view.mapAsync(
                x -> {
                    gate.pass();
                    return x;
                },
                List.of(0, 1, 2, 3, 4, 5, 6, 7));
        List<CompletableFuture<Integer>> futures = result.futures();
        await().until(() -> gate.arrived() > 0);

        result.cancel(true);

        await().until(() -> futures.stream().allMatch(CompletableFuture::isCancelled));
    }

    @Test
    void aBusyEngineIsAvoided() throws Exception {
        Gate gate = Gate.closed();
        AsyncResult<Integer> busy = view.applyAsync(() -> {
            gate.pass();
            return Namespace.current().engineId();
        });
        await().until(() -> gate.arrived() == 1);
        int taken = busy.tasks().get(0).engineId().orElseThrow();

        List<Integer> others = view.map(
                item -> {
                    Work.takes(2);
                    return Namespace.current().engineId();
                },
                IntStream.range(0, 60).boxed().toList());

        assertThat(others).doesNotContain(taken).hasSize(60);
        gate.open();
        busy.await();
    }

    @Test
    void failuresPerItemComeTogetherInTheirOrder() {
        CompositeException composite = catchThrowableOfType(
                CompositeException.class,
                () -> view.<Integer, Integer>map(
                        x -> {
                            if (x % 3 == 0) {
                                throw new IllegalArgumentException("item " + x);
                            }
                            return x;
                        },
                        IntStream.range(0, 20).boxed().toList()));

        assertThat(composite.parts()).isEqualTo(20);
        assertThat(composite.failures())
                .extracting(failure -> failure.getCause().getMessage())
                .containsExactly("item 0", "item 3", "item 6", "item 9", "item 12", "item 15", "item 18");
        assertThat(composite).hasMessageStartingWith("7 of 20 failed:").hasMessageContaining("… and 2 more");
    }

    @Test
    void aSingleCallFailsWithTheFailureItself() {
        assertThatThrownBy(() -> view.run(() -> {
                    throw new IllegalStateException("x");
                }))
                .isInstanceOf(TaskFailedException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatCannotBeSentFailsAtOnce() {
        Thread captured = new Thread("never starts");

        assertThatThrownBy(() -> view.applyAsync(captured::getName)).isInstanceOf(NotShippableException.class);
        assertThatThrownBy(() -> view.mapAsync(x -> x, Arrays.asList(1, captured)))
                .isInstanceOf(NotShippableException.class)
                .hasMessageContaining("item");
    }

    @Test
    void tasksThatWaitHaveNoEngine() throws Exception {
        Gate gate = Gate.closed();
        MapResult<Integer> result = view.mapAsync(
                item -> {
                    gate.pass();
                    return item;
                },
                IntStream.range(0, 100).boxed().toList());
        await().until(() -> gate.arrived() == 3);

        await().untilAsserted(() -> {
            List<Task> waiting = result.tasks().stream()
                    .filter(task -> task.state() == io.gridctl.TaskState.WAITING)
                    .toList();
            assertThat(waiting).hasSizeGreaterThan(50);
            assertThat(waiting).extracting(Task::engineId).containsOnly(Optional.empty());
            assertThat(waiting).extracting(Task::attempts).containsOnly(0);
        });
        gate.open();
        result.await();

        assertThat(result.tasks()).extracting(Task::attempts).containsOnly(1);
    }

    @Test
    void aHundredThousandTinyItemsComeBackRightAndSoon() throws Exception {
        List<Integer> items = IntStream.range(0, 100_000).boxed().toList();
        MapResult<Integer> result = view.mapAsync(x -> x * 2 + 1, items);

        List<Integer> values = result.await(Duration.ofSeconds(50));

        assertThat(values).isEqualTo(items.stream().map(x -> x * 2 + 1).toList());
        assertThat(result.progress().done()).isEqualTo(100_000);
    }

    @Test
    void aSingleCallDoesNotWaitForAMapThatWasThereBefore() throws Exception {
        MapResult<Integer> map = view.mapAsync(
                item -> {
                    Work.takes(20);
                    return item;
                },
                IntStream.range(0, 300).boxed().toList());
        await().until(() -> map.progress().done() > 3);

        assertThat(view.apply(() -> 1)).isEqualTo(1);

        assertThat(map.isDone()).isFalse();
        map.cancel(true);
    }
}
