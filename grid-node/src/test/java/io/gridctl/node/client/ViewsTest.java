package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gridctl.AsyncResult;
import io.gridctl.DirectView;
import io.gridctl.Engine;
import io.gridctl.EngineInfo;
import io.gridctl.EngineListener;
import io.gridctl.EngineSelector;
import io.gridctl.EngineState;
import io.gridctl.EngineStatus;
import io.gridctl.Grid;
import io.gridctl.GridStatus;
import io.gridctl.GridTimeoutException;
import io.gridctl.Namespace;
import io.gridctl.NoEnginesException;
import io.gridctl.NoSuchEngineException;
import io.gridctl.Subscription;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedGrid.class)
class ViewsTest {
    private final Grid grid = SharedGrid.grid();

    private static List<Integer> whoAnswers(DirectView view) throws InterruptedException {
        return view.apply(Namespace::engineId);
    }

    @Test
    void idsAreAscendingAndACopy() {
        List<Integer> ids = grid.ids();

        assertThat(ids).containsExactly(0, 1, 2);
        assertThat(grid.name()).isEqualTo("local");
        assertThatThrownBy(() -> ids.add(7)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void whoPrintsAGridAViewOrAResultReadsWhatItIs() throws InterruptedException {
        assertThat(grid).hasToString("grid local with engines [0, 1, 2]");
        assertThat(grid.engine(2)).hasToString("engine 2");
        assertThat(grid.engines(0, 2)).hasToString("engines [0, 2]");
        assertThat(grid.engines(all -> {
                    throw new IllegalStateException("nobody will do");
                }))
                .hasToString("engines, of which none can be chosen: java.lang.IllegalStateException: nobody will do");
        assertThat(grid.loadBalanced()).hasToString("load-balanced view");
        AsyncResult<List<Integer>> result = grid.engines().applyAsync(Namespace::engineId);
        result.await();
        assertThat(result.toString()).matches("3 of 3 done after [0-9]+ ms");
    }

    @Test
    void anEngineTellsWhoItIs() {
        Engine engine = grid.engine(2);

        assertThat(engine.id()).isEqualTo(2);
        EngineInfo info = engine.info();
        assertThat(info.id()).isEqualTo(2);
        assertThat(info.incarnation()).isEqualTo(1);
        assertThat(info.state()).isEqualTo(EngineState.READY);
        assertThat(info.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(info.slots()).isEqualTo(1);
    }

    @Test
    void anUnknownIdFailsAtOnceAndSaysWhichThereAre() {
        assertThatThrownBy(() -> grid.engine(17))
                .isInstanceOfSatisfying(
                        NoSuchEngineException.class,
                        e -> assertThat(e.engineId()).isEqualTo(17))
                .hasMessage("there is no engine 17; the grid has [0, 1, 2]");
        assertThatThrownBy(() -> grid.engine(-1)).isInstanceOf(NoSuchEngineException.class);
        assertThatThrownBy(() -> grid.engines(0, 17)).isInstanceOf(NoSuchEngineException.class);
        assertThatThrownBy(() -> grid.engines(EngineSelector.ids(0, 17)).apply(() -> 1))
                .isInstanceOf(NoSuchEngineException.class);
    }

    @Test
    void chosenEnginesAnswerInTheOrderGiven() throws Exception {
        DirectView view = grid.engines(2, 0);

        assertThat(view.ids()).containsExactly(2, 0);
        assertThat(whoAnswers(view)).containsExactly(2, 0);
        assertThat(whoAnswers(grid.engines(1))).containsExactly(1);
    }

    @Test
    void anEngineNamedTwiceOrNoneAtAllIsMisuse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> grid.engines(0, 1, 0))
                .withMessage("an engine is named twice: [0, 1, 0]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> grid.engines(new int[0]))
                .withMessageContaining("at least one engine");
    }

    @Test
    void rangesAndStepsPickPositions() throws Exception {
        assertThat(whoAnswers(grid.engines(EngineSelector.every(2)))).containsExactly(0, 2);
        assertThat(whoAnswers(grid.engines(EngineSelector.range(1, 3, 1)))).containsExactly(1, 2);
        assertThat(whoAnswers(grid.engines(EngineSelector.range(-1, Integer.MAX_VALUE, 1))))
                .containsExactly(2);
        assertThat(whoAnswers(grid.engines(EngineSelector.where(engine -> engine.id() != 1))))
                .containsExactly(0, 2);
    }

    @Test
    void aSelectionThatMatchesNoneFailsWithNoEngines() {
        DirectView none = grid.engines(EngineSelector.tag("no such tag"));

        assertThat(none.ids()).isEmpty();
        assertThatThrownBy(() -> none.apply(() -> 1))
                .isInstanceOf(NoEnginesException.class)
                .hasMessage("the selection matches none of the engines [0, 1, 2]");
        assertThatThrownBy(() -> none.push("a", 1)).isInstanceOf(NoEnginesException.class);
        assertThatThrownBy(() -> none.pull("a")).isInstanceOf(NoEnginesException.class);
        assertThatThrownBy(none::names).isInstanceOf(NoEnginesException.class);
        assertThatThrownBy(none::clear).isInstanceOf(NoEnginesException.class);
    }

    @Test
    void aSelectorThatInventsAnEngineGetsASentence() {
        EngineInfo invented = new EngineInfo(9, 1, EngineState.READY, "nowhere", 1, 1, java.util.Set.of());

        assertThatThrownBy(() -> grid.engines(present -> List.of(invented)).apply(() -> 1))
                .isInstanceOf(NoSuchEngineException.class)
                .hasMessageContaining("no engine 9");
    }

    @Test
    void aSelectorMayOrderEngines() throws Exception {
        DirectView reversed = grid.engines(present ->
                present.stream().sorted((one, other) -> other.id() - one.id()).toList());

        assertThat(whoAnswers(reversed)).containsExactly(2, 1, 0);
    }

    @Test
    void aViewOfOneEngineStillGivesLists() throws Exception {
        assertThat(grid.engines(1).apply(() -> "x")).containsExactly("x");
    }

    @Test
    void awaitEnginesReturnsWhenTheyAreThereAndFailsInTimeWhenNot() throws Exception {
        assertThat(grid.awaitEngines(3, Duration.ZERO)).containsExactly(0, 1, 2);
        assertThat(grid.awaitEngines(1, ChronoUnit.FOREVER.getDuration())).hasSize(3);

        assertThatThrownBy(() -> grid.awaitEngines(4, Duration.ofMillis(30)))
                .isInstanceOf(GridTimeoutException.class)
                .hasMessage("3 of 4 engines are ready after 30 ms; see `gridctl status`");
        assertThatIllegalArgumentException().isThrownBy(() -> grid.awaitEngines(0, Duration.ZERO));
    }

    @Test
    void waitingForEnginesCanBeInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> grid.awaitEngines(4, Duration.ofSeconds(20))).isInstanceOf(InterruptedException.class);
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // The status tells what becomes of them.
    void statusCountsWhatRunsAndWaits() throws Exception {
        Gate gate = Gate.closed();
        grid.engine(1).runAsync(gate::pass);
        grid.engine(1).runAsync(gate::pass);
        org.awaitility.Awaitility.await().until(() -> gate.arrived() == 1);

        org.awaitility.Awaitility.await()
                .untilAsserted(
                        () -> assertThat(grid.engine(1).status().waiting()).isEqualTo(1));
        EngineStatus status = grid.engine(1).status();
        assertThat(status.running()).isEqualTo(1);
        assertThat(status.answered()).isTrue();
        assertThat(status.heapUsedBytes()).isPositive().isLessThanOrEqualTo(status.heapMaxBytes());
        GridStatus all = grid.status();
        assertThat(all.engines()).extracting(engine -> engine.engine().id()).containsExactly(0, 1, 2);
        assertThat(all.engines()).extracting(EngineStatus::running).containsExactly(0, 1, 0);
        assertThat(all.anchorPid()).isEmpty();
        assertThat(all.backedUp()).isFalse();
        long before = status.done();

        gate.open();

        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(grid.engine(1).status().done()).isEqualTo(before + 2));
    }

    @Test
    void aSubscriptionMayBeClosedTwiceAndAListenerIsAskedFor() {
        Subscription subscription = grid.onEngineChange(new EngineListener() {});

        subscription.close();
        subscription.close();

        assertThatThrownBy(() -> grid.onEngineChange(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("listener");
    }

    @Test
    void aGridInThisProcessHasOneToSixtyFourEngines() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grid.local(0))
                .withMessage("a grid in this process has 1 to 64 engines, not 0");
        assertThatIllegalArgumentException().isThrownBy(() -> Grid.local(65));
        assertThatIllegalArgumentException().isThrownBy(() -> Grid.local(-1));
    }

    @Test
    void codeAndSelectorsAreAskedForByName() {
        assertThatThrownBy(() -> grid.engines((EngineSelector) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("selector");
        assertThatThrownBy(() -> grid.engine(0).apply((io.gridctl.function.RemoteCallable<Integer>) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("code");
    }
}
