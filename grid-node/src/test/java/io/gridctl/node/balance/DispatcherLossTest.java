package io.gridctl.node.balance;

import static io.gridctl.node.balance.FakeWork.works;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of the works of an engine that is lost. */
class DispatcherLossTest extends DispatcherFixture {
    /** Loses an engine under four works. */
    private List<FakeWork> fourSuspects() {
        FakeEngine lost = new FakeEngine(7, 4);
        dispatcher.join(lost);
        List<FakeWork> works = works("s", 4);
        submit(works);
        assertThat(lost.holds).hasSize(4);
        dispatcher.leave(lost);
        return works;
    }

    @Test
    void afterALossEachUnansweredWorkRunsAlone() {
        fourSuspects();
        FakeEngine wide = new FakeEngine(2, 4);
        dispatcher.join(wide);
        submit(works("a", 4));

        for (int i = 0; i < 4; i++) {
            assertThat(wide.held()).containsExactly("s" + i);
            wide.endFirst(dispatcher, LONG);
        }

        assertThat(wide.held()).containsExactly("a0", "a1", "a2", "a3");
    }

    @Test
    void anAnsweredWorkOfALostEngineIsNoSuspect() {
        FakeEngine wide = new FakeEngine(2, 2);
        dispatcher.join(wide);
        submit(works("a", 2));
        wide.endFirst(dispatcher, LONG);

        dispatcher.leave(wide);
        dispatcher.join(first);
        first.endFirst(dispatcher, LONG);

        assertThat(first.frames.stream().map(FakeWork::names)).containsExactly(List.of("a1"));
    }

    @Test
    void aSuspectThatStillRunsKeepsItsEngineToItself() {
        List<FakeWork> suspects = fourSuspects();
        suspects.subList(1, 4).forEach(FakeWork::end);
        FakeEngine wide = new FakeEngine(2, 4);
        dispatcher.join(wide);
        submit(works("a", 4));

        dispatcher.late(wide, suspects.get(0));

        assertThat(wide.held()).containsExactly("s0");
    }

    @Test
    void anEngineIsKeptFromNewWorkUntilASuspectCanRunThere() {
        FakeEngine wide = new FakeEngine(2, 4);
        dispatcher.join(wide);
        submit(works("a", 100));
        FakeEngine lost = new FakeEngine(7, 1);
        dispatcher.join(lost);
        dispatcher.leave(lost);

        for (int i = 0; i < 4; i++) {
            assertThat(wide.holds).hasSize(4 - i);
            wide.endFirst(dispatcher, LONG);
        }

        assertThat(wide.held()).containsExactly("a4");
        wide.endFirst(dispatcher, LONG);
        assertThat(wide.holds).hasSize(4);
    }

    @Test
    void suspectsTakeHalfOfTheEnginesWhileOtherWorkWaits() {
        fourSuspects();
        submit(works("a", 100));

        List<FakeEngine> engines =
                IntStream.range(0, 4).mapToObj(id -> new FakeEngine(id, 1)).toList();
        engines.forEach(dispatcher::join);
        engines.forEach(engine -> engine.endFirst(dispatcher, LONG));

        assertThat(engines.stream().filter(engine -> engine.held().get(0).startsWith("s")))
                .hasSizeLessThanOrEqualTo(2)
                .isNotEmpty();
    }

    @Test
    void suspectsTakeAllEnginesWhenNothingElseWaits() {
        fourSuspects();
        List<FakeEngine> engines =
                IntStream.range(0, 4).mapToObj(id -> new FakeEngine(id, 1)).toList();

        engines.forEach(dispatcher::join);

        assertThat(engines).allSatisfy(engine -> assertThat(engine.holds).hasSize(1));
    }

    @Test
    void aSuspectDoesNotWaitForeverForAnEngineThatHangs() {
        FakeEngine hangs = new FakeEngine(2, 2);
        FakeEngine works = new FakeEngine(3, 2);
        dispatcher.join(hangs);
        submit(works("h", 1));
        dispatcher.join(works);
        submit(works("a", 1_000));
        hangs.end(dispatcher, hangs.holds.get(1), LONG);
        FakeEngine lost = new FakeEngine(7, 1);
        dispatcher.join(lost);
        String suspect = lost.held().get(0);
        hangs.end(dispatcher, hangs.holds.get(1), LONG);
        dispatcher.leave(lost);

        boolean ran = false;
        for (int i = 0; i < 20 && !ran; i++) {
            clock.advance(Duration.ofMillis(700));
            works.endFirst(dispatcher, LONG);
            ran = works.held().contains(suspect);
        }

        assertThat(ran).isTrue();
        assertThat(hangs.held()).contains("h0");
    }

    @Test
    void onlyAWorkThatWasAloneIsBlamedAndAfterThreeTimesGivenUp() {
        List<FakeWork> suspects = fourSuspects();
        FakeWork killer = suspects.get(1);

        int engines = 0;
        for (int incarnation = 2; incarnation < 9 && suspects.stream().anyMatch(w -> !w.isEnded()); incarnation++) {
            FakeEngine engine = new FakeEngine(7, incarnation, 4);
            clock.advance(Duration.ofSeconds(1));
            dispatcher.join(engine);
            engines++;
            while (!engine.holds.isEmpty() && engine.holds.get(0) != killer) {
                engine.endFirst(dispatcher, LONG);
            }
            clock.advance(Duration.ofSeconds(2));
            dispatcher.leave(engine);
        }

        assertThat(engines).isEqualTo(3);
        LossHistory history = requireNonNull(killer.history());
        assertThat(history.losses())
                .hasSize(4)
                .extracting(LossHistory.Loss::engineId)
                .containsOnly(7);
        assertThat(history.losses()).extracting(LossHistory.Loss::incarnation).containsExactly(1, 2, 3, 4);
        assertThat(history.losses()).extracting(LossHistory.Loss::alone).containsExactly(false, true, true, true);
        assertThat(history.losses().get(1).held()).isEqualTo(Duration.ofSeconds(2));
        assertThat(history.blamed()).isEqualTo(3);
        assertThat(suspects).filteredOn(work -> work.history() != null).containsExactly(killer);
    }

    @Test
    void aSuspectThatWasCancelledIsDropped() {
        List<FakeWork> suspects = fourSuspects();
        suspects.forEach(FakeWork::end);

        dispatcher.join(first);
        submit(works("a", 1));

        assertThat(first.held()).containsExactly("a0");
    }

    @Test
    void aCancelledSuspectNoLongerKeepsAnEngineWaiting() {
        FakeEngine wide = new FakeEngine(2, 2);
        dispatcher.join(wide);
        submit(works("a", 100));
        FakeEngine lost = new FakeEngine(7, 1);
        dispatcher.join(lost);
        FakeWork suspect = lost.holds.get(0);
        dispatcher.leave(lost);
        wide.endFirst(dispatcher, LONG);
        assertThat(wide.holds).hasSize(1);
        suspect.end();

        dispatcher.cancelled();

        assertThat(wide.holds).hasSize(2);
    }

    @Test
    void aSuspectThatIsHandedBackStaysASuspect() {
        fourSuspects();
        FakeEngine wide = new FakeEngine(2, 4);
        dispatcher.join(wide);

        wide.handBackAllBut(dispatcher, 0);

        assertThat(wide.held()).containsExactly("s0");
    }
}
