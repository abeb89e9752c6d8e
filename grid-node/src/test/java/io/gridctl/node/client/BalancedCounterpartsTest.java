package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gridctl.AsyncResult;
import io.gridctl.DependencyException;
import io.gridctl.Grid;
import io.gridctl.GridException;
import io.gridctl.LoadBalancedView;
import io.gridctl.MapResult;
import io.gridctl.TaskFailedException;
import io.gridctl.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What ipyparallel's tests of its load-balanced view and of dependencies show, shown here. A method without a class is
 * in this one.
 *
 * <table>
 * <caption>test_lbview.py</caption>
 * <tr><td>test_z_crash</td><td>{@code BalancedEnginesIT.aTaskThatEndsEveryEngineItRunsOnFailsAndOthersDoNot},
 *     {@link LossTest}.aLoadBalancedCallRunsAgainElsewhere</td></tr>
 * <tr><td>test_map</td><td>{@link LoadBalancedViewTest}.resultsComeInTheOrderOfTheItems</td></tr>
 * <tr><td>test_map_generator</td><td>{@link ViewOptionsTest}.aStreamGivesItsValuesInOrderOrAsTheyCome</td></tr>
 * <tr><td>test_map_short_first</td><td>theShorterInputEndsAMapWhicheverItIs</td></tr>
 * <tr><td>test_map_short_last</td><td>theShorterInputEndsAMapWhicheverItIs</td></tr>
 * <tr><td>test_map_unordered</td><td>aMapIsReadInOrderOrAsItsValuesCome</td></tr>
 * <tr><td>test_map_ordered</td><td>aMapIsReadInOrderOrAsItsValuesCome</td></tr>
 * <tr><td>test_map_iterable</td><td>anIteratorOfAHundredAndOneItemsIsMapped</td></tr>
 * <tr><td>test_imap_max_outstanding</td><td>{@link ViewOptionsTest}.aStreamIsReadNoFurtherThanTheWindow</td></tr>
 * <tr><td>test_imap_infinite</td><td>closingTheValuesOfAnEndlessStreamEndsIt</td></tr>
 * <tr><td>test_imap_unordered</td>
 *     <td>{@link ViewOptionsTest}.aSlowItemDoesNotHoldUpTheOthersOfAnUnorderedStream</td></tr>
 * <tr><td>test_imap_return_exceptions</td><td>aLazyMapGoesOnBehindAFailure</td></tr>
 * <tr><td>test_abort</td><td>aCallIsCancelledWhetherItRunsOrWaits</td></tr>
 * <tr><td>test_retries</td><td>{@link ViewOptionsTest}.aTaskThatFailsIsTriedAgainOnEachOtherEngineFirst,
 *     moreTriesThanEnginesEndWithTheRealFailure</td></tr>
 * <tr><td>test_short_timeout</td><td>theWaitingLimitDoesNotEndWhatRuns</td></tr>
 * <tr><td>test_invalid_dependency</td><td>does not apply: a dependency is a result, so there are no unknown ids; what
 *     is no single task is refused: {@link ViewOptionsTest}.senselessOptionsAreRefused</td></tr>
 * <tr><td>test_impossible_dependency</td><td>{@link ViewOptionsTest}.nothingFollowsTwoEngines</td></tr>
 * <tr><td>test_follow</td><td>{@link ViewOptionsTest}.aFollowerRunsWhereTheOtherRan</td></tr>
 * <tr><td>test_after</td><td>{@link ViewOptionsTest}.aCallAfterOthersBeginsWhenTheyHaveEnded</td></tr>
 * </table>
 *
 * <table>
 * <caption>test_dependency.py</caption>
 * <tr><td>test_require_imports</td><td>{@code LibrariesIT}: what a program uses comes with it</td></tr>
 * <tr><td>test_success_only</td><td>whatComesAfterSeveralRunsOnlyIfAllEndedWell,
 *     aCallAfterSeveralWaitsForTheLastOfThem</td></tr>
 * <tr><td>test_failure_only</td><td>aCallIsMadeForAFailureByItsFuture</td></tr>
 * <tr><td>test_require_function</td><td>{@code FunctionsIT}: what a function calls comes with it</td></tr>
 * <tr><td>test_require_object</td>
 *     <td>{@link NamespaceInTasksTest}.aTaskReadsWritesChangesAndRemoves, aMissingNameInATaskIsThatExceptionAtTheCaller
 *     </td></tr>
 * </table>
 */
@Timeout(60)
@ExtendWith(SharedGrid.class)
class BalancedCounterpartsTest {
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final Grid grid = SharedGrid.grid();
    private final LoadBalancedView view = grid.loadBalanced();

    private static List<Integer> range(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    private static int fail(String message) {
        RUNS.incrementAndGet();
        throw new IllegalStateException(message);
    }

    // ---- maps

    @Test
    void theShorterInputEndsAMapWhicheverItIs() throws Exception {
        MapResult<Integer> shortFirst = view.<Integer, Integer, Integer>mapAsync(Integer::sum, range(4), range(8));
        MapResult<Integer> shortLast = view.<Integer, Integer, Integer>mapAsync(Integer::sum, range(8), range(4));

        assertThat(shortFirst.progress().total()).isEqualTo(4);
        assertThat(shortLast.progress().total()).isEqualTo(4);
        assertThat(shortFirst.await()).containsExactly(0, 2, 4, 6);
        assertThat(shortLast.await()).containsExactly(0, 2, 4, 6);
    }

    @Test
    void aMapIsReadInOrderOrAsItsValuesCome() {
        Gate gate = Gate.closed();
        MapResult<Integer> result = view.chunk(1)
                .mapAsync(
                        x -> {
                            if (x == 0) {
                                gate.pass();
                            }
                            return 10 * x;
                        },
                        range(16));
        Iterator<MapResult.Item<Integer>> asTheyCome = result.asCompleted().iterator();

        List<MapResult.Item<Integer>> seen = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            seen.add(asTheyCome.next());
        }
        assertThat(seen).extracting(MapResult.Item::index).doesNotContain(0).doesNotHaveDuplicates();
        gate.open();

        assertThat(asTheyCome.next()).isEqualTo(new MapResult.Item<>(0, 0));
        assertThat(seen).allMatch(item -> item.value() == 10 * item.index());
        assertThat(result.stream())
                .containsExactlyElementsOf(range(16).stream().map(x -> 10 * x).toList());
    }

    @Test
    void anIteratorOfAHundredAndOneItemsIsMapped() {
        Iterable<Integer> numbers = () -> IntStream.range(0, 101).iterator();

        assertThat(view.<Integer, Integer>map(x -> x * x, numbers.iterator()))
                .containsExactlyElementsOf(range(101).stream().map(x -> x * x).toList());
    }

    @Test
    void closingTheValuesOfAnEndlessStreamEndsIt() {
        AtomicInteger pulled = new AtomicInteger();
        AtomicBoolean closed = new AtomicBoolean();
        Gate gate = Gate.closed();
        Stream<Integer> endless = Stream.generate(pulled::getAndIncrement).onClose(() -> closed.set(true));
        Stream<Integer> values = view.window(10, 1_000_000)
                .map(
                        x -> {
                            if (x >= 2) {
                                gate.pass();
                            }
                            return x;
                        },
                        endless);

        Iterator<Integer> each = values.iterator();
        assertThat(List.of(each.next(), each.next())).containsExactly(0, 1);
        values.close();

        assertThat(closed).isTrue();
        assertThat(pulled.get()).isLessThanOrEqualTo(10);
        await().until(SharedGrid::isIdle);
        assertThat(gate.passed()).isZero();
    }

    @Test
    void aLazyMapGoesOnBehindAFailure() {
        Iterator<Integer> values = view.window(4, 1_000_000)
                .<Integer, Integer>map(x -> x % 3 == 1 ? fail("item " + x) : x, range(9).stream())
                .iterator();

        List<Object> seen = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            try {
                seen.add(values.next());
            } catch (TaskFailedException failure) {
                seen.add(failure.getCause().getMessage());
            }
        }

        assertThat(seen).containsExactly(0, "item 1", 2, 3, "item 4", 5, 6, "item 7", 8);
        assertThat(values.hasNext()).isFalse();
    }

    // ---- ends

    @Test
    void aCallIsCancelledWhetherItRunsOrWaits() throws Exception {
        RUNS.set(0);
        Gate gate = Gate.closed();
        List<AsyncResult<Void>> running = new ArrayList<>();
        for (int i = 0; i < SharedGrid.ENGINES; i++) {
            running.add(view.<Void>applyAsync(() -> {
                gate.pass();
                return null;
            }));
        }
        await().until(() -> gate.arrived() == SharedGrid.ENGINES);
        AsyncResult<Integer> waiting = view.applyAsync(RUNS::incrementAndGet);

        assertThat(waiting.cancel(true)).isTrue();
        assertThat(running).allMatch(each -> each.cancel(true));

        assertThatThrownBy(waiting::await).isInstanceOf(CancellationException.class);
        assertThatThrownBy(running.get(0)::await).isInstanceOf(CancellationException.class);
        assertThat(waiting.tasks().get(0).state()).isEqualTo(TaskState.CANCELLED);
        await().until(() -> gate.interrupted() == SharedGrid.ENGINES);
        await().until(SharedGrid::isIdle);
        assertThat(view.apply(() -> 1)).isEqualTo(1);
        assertThat(RUNS).hasValue(0);
    }

    @Test
    void moreTriesThanEnginesEndWithTheRealFailure() {
        RUNS.set(0);

        assertThatThrownBy(() -> view.retries(2 * SharedGrid.ENGINES).apply(() -> fail("always")))
                .isInstanceOf(TaskFailedException.class)
                .hasRootCauseMessage("always");

        assertThat(RUNS).hasValue(2 * SharedGrid.ENGINES + 1);
    }

    @Test
    void theWaitingLimitDoesNotEndWhatRuns() {
        Duration limit = Duration.ofMillis(500);
        Gate gate = Gate.closed();
        AsyncResult<Integer> result = view.waitingLimit(limit).applyAsync(() -> {
            gate.pass();
            return fail("at the end");
        });
        await().until(() -> gate.arrived() == 1);
        Duration arrived = result.elapsed();
        await().until(() -> result.elapsed().minus(arrived).compareTo(limit.multipliedBy(4)) > 0);
        gate.open();

        assertThatThrownBy(result::await)
                .isInstanceOf(TaskFailedException.class)
                .hasRootCauseMessage("at the end");
        assertThat(result.tasks().get(0).ran()).isGreaterThan(limit);
    }

    // ---- dependencies

    private AsyncResult<Integer> ended(String how) {
        AsyncResult<Integer> result = switch (how) {
            case "well" -> view.applyAsync(() -> 1);
            case "failed" -> view.applyAsync(() -> fail(how));
            default -> {
                Gate gate = Gate.closed();
                AsyncResult<Integer> gated = view.applyAsync(() -> {
                    gate.pass();
                    return 1;
                });
                gated.cancel(true);
                yield gated;
            }
        };
        await().until(result::isDone);
        return result;
    }

    @ParameterizedTest
    @CsvSource({
        "well, well, true",
        "well, failed, false",
        "failed, well, false",
        "failed, failed, false",
        "well, cancelled, false",
        "cancelled, failed, false"
    })
    void whatComesAfterSeveralRunsOnlyIfAllEndedWell(String one, String other, boolean runs) throws Exception {
        AsyncResult<Integer> first = ended(one);
        AsyncResult<Integer> second = ended(other);
        RUNS.set(0);

        AsyncResult<Integer> result = view.after(first, second).applyAsync(RUNS::incrementAndGet);

        if (runs) {
            assertThat(result.await()).isEqualTo(1);
        } else {
            assertThatThrownBy(result::await).isInstanceOf(DependencyException.class);
            assertThat(RUNS).hasValue(0);
        }
    }

    @Test
    void aCallAfterSeveralWaitsForTheLastOfThem() throws Exception {
        Gate gate = Gate.closed();
        AsyncResult<Integer> done = ended("well");
        AsyncResult<Integer> running = view.applyAsync(() -> {
            gate.pass();
            return 1;
        });
        await().until(() -> gate.arrived() == 1);
        RUNS.set(0);

        AsyncResult<Integer> result = view.after(done, running).applyAsync(RUNS::incrementAndGet);

        assertThat(view.apply(() -> 5)).as("an engine is free").isEqualTo(5);
        assertThat(RUNS).hasValue(0);
        gate.open();
        assertThat(result.await()).isEqualTo(1);
    }

    @Test
    void aCallIsMadeForAFailureByItsFuture() throws Exception {
        AsyncResult<Integer> failing = view.applyAsync(() -> fail("first"));

        int instead = failing.toCompletableFuture()
                .exceptionallyCompose(failure -> view.<Class<?>, Integer>applyAsync(
                                type -> type == TaskFailedException.class ? 7 : -7, failure.getClass())
                        .toCompletableFuture())
                .get();

        assertThat(instead).isEqualTo(7);
        assertThatThrownBy(failing::await).isInstanceOf(GridException.class);
    }
}
