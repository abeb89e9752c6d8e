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
import io.gridctl.MapResult.Settled;
import io.gridctl.Progress;
import io.gridctl.TaskFailedException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What ipyparallel's tests of asynchronous results show, shown here. A method without a class is in this one.
 *
 * <table>
 * <caption>test_asyncresult.py</caption>
 * <tr><td>test_single_result_view</td><td>anEngineGivesAValueAndAViewAList</td></tr>
 * <tr><td>test_not_single_result</td><td>{@link ViewsTest}.aViewOfOneEngineStillGivesLists</td></tr>
 * <tr><td>test_get_after_done</td><td>{@link AsyncResultTest}.theValueMayBeAskedForAgainAndIsTheSame</td></tr>
 * <tr><td>test_get_before_done</td><td>{@link AsyncResultTest}.waitingTooShortFailsAndTheCallGoesOn</td></tr>
 * <tr><td>test_get_after_error</td><td>aFailureMayBeAskedForAgainInEveryWay</td></tr>
 * <tr><td>test_get_dict</td><td>{@link AsyncResultTest}.valuesByEngine</td></tr>
 * <tr><td>test_get_dict_single</td><td>anEngineGivesAValueAndAViewAList</td></tr>
 * <tr><td>test_get_dict_bad</td><td>{@link AsyncResultTest}.valuesByEngine</td></tr>
 * <tr><td>test_iter_amr</td><td>aMapIsReadWhileItRuns</td></tr>
 * <tr><td>test_iter_multi_result_ar</td>
 *     <td>{@link AsyncResultTest}.aStreamGivesValuesInOrderWhileTheCallRuns</td></tr>
 * <tr><td>test_iter_error</td><td>readingThrowsTheFailureWhileItRunsAndAfterwards</td></tr>
 * <tr><td>test_getattr, test_getitem, test_single_result</td><td>{@link AsyncResultTest}.aTaskTellsItsStory,
 *     {@link LoadBalancedViewTest}.tasksThatWaitHaveNoEngine; a name that is not there does not compile</td></tr>
 * <tr><td>test_abort</td><td>{@link BalancedCounterpartsTest}.aCallIsCancelledWhetherItRunsOrWaits,
 *     {@link CancelTest}.aQueuedTaskIsDroppedAndNeverRuns</td></tr>
 * <tr><td>test_len</td><td>progressCountsItemsOrEngines</td></tr>
 * <tr><td>test_wall_time_single, test_wall_time_multi, test_serial_time_single, test_serial_time_multi,
 *     test_elapsed_single, test_elapsed_multi</td><td>{@link AsyncResultTest}.timesAddUp; a time that is asked for too
 *     early is the time so far rather than an exception</td></tr>
 * <tr><td>test_hubresult_timestamps</td><td>does not apply: a result belongs to the program that called; the grid keeps
 *     no history that another could read</td></tr>
 * <tr><td>test_display_empty_streams_single, _type, _engine</td>
 *     <td>{@link OutputTest}.whoPrintsNothingHasNoOutput, eachLineIsTaggedWithStreamAndEngineInTheOrderOfTheParts
 *     </td></tr>
 * <tr><td>test_display_output_error</td><td>{@link OutputTest}.whatAFailedTaskPrintedIsThere</td></tr>
 * <tr><td>test_await_data</td><td>{@link PublishTest}.aValueIsSeenWhileItsTaskRuns,
 *     listenersAreToldInOrderBeginningWithWhatIsThere</td></tr>
 * <tr><td>test_owner_pop</td><td>{@link MemoryTest}.aHundredThousandsOfTasksLeaveNothingBehind: a value is held by its
 *     result and by nothing else</td></tr>
 * <tr><td>test_dir</td><td>does not apply: what a result knows are methods, which a compiler and an editor list</td></tr>
 * <tr><td>test_wait_for_send</td><td>{@link LoadBalancedViewTest}.itemsAreTakenAsTheyAreWhenMapAsyncReturns: there is
 *     nothing to wait for</td></tr>
 * <tr><td>test_return_exceptions</td><td>{@link ViewOptionsTest}.failuresComeAsValuesOnRequest</td></tr>
 * <tr><td>test_return_exceptions_postmortem</td><td>failuresComeAsValuesAfterTheyWereThrown</td></tr>
 * <tr><td>test_split, test_split_map_result</td><td>aMapIsTakenApartAndPutTogetherAgain</td></tr>
 * <tr><td>test_wait_first_exception</td><td>theFirstFailureOfAViewIsSeenWhileOthersRun</td></tr>
 * <tr><td>test_map_wait_first_exception</td><td>theFirstFailureOfAMapIsSeenWhileOthersRun</td></tr>
 * <tr><td>test_wait_interactive_first_exception</td><td>theFirstFailureOfAMapIsSeenWhileOthersRun; a bar is shown until
 *     the end</td></tr>
 * <tr><td>test_progress</td><td>progressCountsItemsOrEngines</td></tr>
 * <tr><td>test_error_engine_info_apply</td>
 *     <td>{@link FailuresTest}.aViewFailsWithTheFailuresOfItsEnginesInTheirOrder</td></tr>
 * <tr><td>test_error_engine_info_execute</td><td>{@link TextTest}.theSameErrorOfAllEnginesIsToldOnce</td></tr>
 * </table>
 */
@Timeout(60)
@ExtendWith(SharedGrid.class)
class AsyncResultCounterpartsTest {
    private final Grid grid = SharedGrid.grid();
    private final LoadBalancedView view = grid.loadBalanced();
    private final Gate gate = Gate.closed();

    private static List<Integer> range(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    /**
     * Items of which number {@code failing} fails at once, and all that are greater wait; fewer of these than there are
     * engines, because nothing is promised of the order in which items begin.
     */
    private MapResult<Integer> failingAt(int failing, int items) {
        assertThat(items - failing - 1).isLessThan(SharedGrid.ENGINES);
        Gate mine = gate;
        return view.chunk(1)
                .mapAsync(
                        x -> {
                            if (x == failing) {
                                throw new IllegalStateException("item " + x);
                            }
                            if (x > failing) {
                                mine.pass();
                            }
                            return x;
                        },
                        range(items));
    }

    @Test
    void anEngineGivesAValueAndAViewAList() throws Exception {
        assertThat(grid.engine(1).applyAsync(() -> 5).await()).isEqualTo(5);
        assertThat(grid.engines(1, 2).applyAsync(() -> 5).await()).containsExactly(5, 5);
        assertThat(grid.engines(1).applyAsync(() -> 5).byEngine()).containsExactly(Map.entry(1, 5));
    }

    @Test
    void aFailureMayBeAskedForAgainInEveryWay() {
        MapResult<Integer> result = grid.engines().applyAsync(ns -> 10 / (ns.engineId() - 1));

        CompositeException first = catchThrowableOfType(CompositeException.class, result::await);
        CompositeException second = catchThrowableOfType(CompositeException.class, result::await);
        CompositeException byEngine = catchThrowableOfType(CompositeException.class, result::byEngine);

        assertThat(first.failures())
                .singleElement()
                .isInstanceOfSatisfying(
                        TaskFailedException.class,
                        failure -> assertThat(failure.engineId()).isEqualTo(1));
        assertThat(second).hasMessage(first.getMessage());
        assertThat(byEngine).hasMessage(first.getMessage());
    }

    @Test
    void aMapIsReadWhileItRuns() {
        Gate mine = gate;
        MapResult<Integer> result = view.chunk(1)
                .mapAsync(
                        x -> {
                            if (x >= 5) {
                                mine.pass();
                            }
                            return x * x;
                        },
                        range(7));
        Iterator<Integer> values = result.stream().iterator();

        for (int x = 0; x < 5; x++) {
            assertThat(values.next()).isEqualTo(x * x);
        }
        assertThat(result.isDone()).isFalse();
        gate.open();
        assertThat(List.of(values.next(), values.next())).containsExactly(25, 36);
        assertThat(values.hasNext()).isFalse();
    }

    @Test
    void readingThrowsTheFailureWhileItRunsAndAfterwards() {
        MapResult<Integer> result = failingAt(1, 4);
        Iterator<Integer> early = result.stream().iterator();

        assertThat(early.next()).isZero();
        assertThatThrownBy(early::next).isInstanceOf(TaskFailedException.class).hasRootCauseMessage("item 1");
        assertThat(result.isDone()).isFalse();
        gate.open();
        await().until(result::isDone);

        Iterator<Integer> late = result.stream().iterator();
        assertThat(late.next()).isZero();
        assertThatThrownBy(late::next).isInstanceOf(TaskFailedException.class).hasRootCauseMessage("item 1");
        assertThat(late.next()).isEqualTo(2);
    }

    @Test
    void progressCountsItemsOrEngines() throws Exception {
        Gate mine = gate;
        MapResult<Integer> map = view.mapAsync(
                x -> {
                    mine.pass();
                    return x;
                },
                range(10));
        AsyncResult<Integer> single = view.applyAsync(() -> 1);
        MapResult<Integer> engines = grid.engines().applyAsync(() -> 1);

        assertThat(map.progress()).isEqualTo(new Progress(0, 10));
        assertThat(single.progress().total()).isEqualTo(1);
        assertThat(engines.progress().total()).isEqualTo(SharedGrid.ENGINES);
        gate.open();
        map.await();
        single.await();

        assertThat(map.progress()).isEqualTo(new Progress(10, 10));
        assertThat(single.progress()).isEqualTo(new Progress(1, 1));
    }

    @Test
    void failuresComeAsValuesAfterTheyWereThrown() throws Exception {
        gate.open();
        MapResult<Integer> result = failingAt(1, 4);
        assertThatThrownBy(result::await).isInstanceOf(CompositeException.class);

        List<Settled<Integer>> settled = result.settled();

        assertThat(settled).extracting(Settled::value).containsExactly(0, null, 2, 3);
        assertThat(settled.get(1).failure().orElseThrow()).hasRootCauseMessage("item 1");
        assertThatThrownBy(result::await).isInstanceOf(CompositeException.class);
    }

    @Test
    void aMapIsTakenApartAndPutTogetherAgain() throws Exception {
        MapResult<Integer> whole = view.mapAsync(x -> -x, range(20));
        List<AsyncResult<Integer>> pieces = range(20).stream()
                .map(x -> view.<Integer, Integer>applyAsync(y -> -y, x))
                .toList();

        CompletableFuture<List<Integer>> joined = CompletableFuture.allOf(
                        pieces.stream().map(AsyncResult::toCompletableFuture).toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> pieces.stream()
                        .map(piece -> piece.toCompletableFuture().join())
                        .toList());

        assertThat(joined.get()).isEqualTo(whole.await());
        assertThat(whole.asCompleted().toList())
                .extracting(MapResult.Item::index)
                .containsExactlyInAnyOrderElementsOf(range(20));
    }

    @Test
    void theFirstFailureOfAViewIsSeenWhileOthersRun() {
        Gate mine = gate;
        MapResult<Integer> result = grid.engines().applyAsync(ns -> {
            if (ns.engineId() != 1) {
                mine.pass();
            }
            return 10 / (ns.engineId() - 1);
        });

        assertThatThrownBy(() -> result.asCompleted().iterator().next()).isInstanceOf(TaskFailedException.class);
        assertThat(result.progress()).isEqualTo(new Progress(1, 3));
        gate.open();

        assertThatThrownBy(result::await).isInstanceOf(CompositeException.class);
        assertThat(result.progress()).isEqualTo(new Progress(3, 3));
    }

    @Test
    void theFirstFailureOfAMapIsSeenWhileOthersRun() {
        MapResult<Integer> result = failingAt(0, 3);

        assertThatThrownBy(() -> result.asCompleted().iterator().next())
                .isInstanceOf(TaskFailedException.class)
                .hasRootCauseMessage("item 0");
        assertThat(result.progress()).isEqualTo(new Progress(1, 3));
        gate.open();

        assertThatThrownBy(result::await).isInstanceOf(CompositeException.class);
        assertThat(result.progress()).isEqualTo(new Progress(3, 3));
    }
}
