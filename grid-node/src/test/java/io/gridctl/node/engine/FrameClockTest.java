package io.gridctl.node.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FrameClockTest {
    private static final int BUDGET_MILLIS = 5_000;

    /** What the timer was asked for and has not done yet. */
    private record Look(Runnable what, long millis) {}

    private final Queue<Look> asked = new ArrayDeque<>();
    private long aheadMillis;
    private final FrameClock clock = new FrameClock(
            (what, millis) -> asked.add(new Look(what, millis)),
            () -> System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(aheadMillis),
            BUDGET_MILLIS);

    private static AcceptedFrame frame(int budgetMillis) {
        return TestFrames.accepted(1, budgetMillis, false);
    }

    private void look(long atMillis) {
        aheadMillis = atMillis;
        asked.remove().what().run();
    }

    @Test
    void aFrameIsAnsweredWhenItsTimeIsOverAndNotBefore() {
        AcceptedFrame frame = frame(BUDGET_MILLIS);
        clock.watch(frame);

        look(BUDGET_MILLIS / 2);
        boolean early = frame.isAnswered();
        long left = asked.element().millis();
        look(BUDGET_MILLIS + 1);

        assertThat(early).isFalse();
        assertThat(left).isBetween(1L, BUDGET_MILLIS / 2L + 1);
        assertThat(frame.isAnswered()).isTrue();
    }

    @Test
    void manyFramesTakeOneTimerWhichEndsWithTheLast() {
        AcceptedFrame first = frame(BUDGET_MILLIS);
        AcceptedFrame second = frame(BUDGET_MILLIS);
        clock.watch(first);
        clock.watch(second);

        assertThat(asked).hasSize(1);
        look(BUDGET_MILLIS + 1);

        assertThat(List.of(first, second)).allMatch(AcceptedFrame::isAnswered);
        assertThat(asked).isEmpty();
    }

    @Test
    void aFrameThatComesBesideOneWithMoreTimeIsAnsweredInTime() {
        AcceptedFrame patient = frame(100 * BUDGET_MILLIS);
        clock.watch(patient);
        look(BUDGET_MILLIS);
        AcceptedFrame frame = frame(BUDGET_MILLIS);
        clock.watch(frame);

        assertThat(asked.element().millis()).isLessThanOrEqualTo(BUDGET_MILLIS + 1L);
        look(2 * BUDGET_MILLIS);

        assertThat(frame.isAnswered()).isTrue();
        assertThat(patient.isAnswered()).isFalse();
    }

    @Test
    void aFrameThatCannotBeAnsweredKeepsNoOtherFromItsAnswer() {
        AcceptedFrame broken = frame(BUDGET_MILLIS);
        broken.whenAnswered(reply -> {
            throw new IllegalStateException("nobody is there");
        });
        AcceptedFrame other = frame(BUDGET_MILLIS);
        clock.watch(broken);
        clock.watch(other);
        look(BUDGET_MILLIS + 1);
        AcceptedFrame later = frame(BUDGET_MILLIS);
        clock.watch(later);
        look(BUDGET_MILLIS + 1);

        assertThat(List.of(other, later)).allMatch(AcceptedFrame::isAnswered);
    }

    @Test
    void aFrameThatComesWhenTheTimerHasEndedStartsItAgain() {
        clock.watch(frame(BUDGET_MILLIS));
        look(BUDGET_MILLIS + 1);

        AcceptedFrame later = frame(BUDGET_MILLIS);
        clock.watch(later);
        look(BUDGET_MILLIS + 1);

        assertThat(later.isAnswered()).isTrue();
    }
}
