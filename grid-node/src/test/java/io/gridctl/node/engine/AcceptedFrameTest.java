package io.gridctl.node.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gridctl.node.task.FrameReply;
import io.gridctl.node.task.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AcceptedFrameTest {
    private final List<FrameReply> answers = new ArrayList<>();
    private final List<Runnable> beside = new ArrayList<>();

    private AcceptedFrame frame() {
        AcceptedFrame frame = TestFrames.accepted(2, 1, true);
        frame.whenAnswered(answers::add);
        return frame;
    }

    /** One after the other, as long as the answer need not hurry. */
    private void runAll(AcceptedFrame frame) {
        for (EngineTask task : frame.tasks()) {
            assertThat(task.start(() -> {})).isTrue();
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2);
            await().pollInterval(Duration.ofMillis(1)).until(() -> System.nanoTime() > end);
            task.end(
                    new Outcome(task.id(), new Outcome.Value(new byte[] {1}), 1, 1, Outcome.News.NOTHING), beside::add);
        }
    }

    @Test
    void whoEndsAFrameThatTookLongLeavesItsAnswerToAnother() {
        AcceptedFrame frame = frame();

        runAll(frame);

        assertThat(answers).isEmpty();
        assertThat(frame.tasks()).allMatch(EngineTask::hasEnded);
        assertThat(beside).hasSize(1);
        beside.get(0).run();
        assertThat(answers)
                .singleElement()
                .satisfies(reply ->
                        assertThat(reply.ended()).extracting(Outcome::task).containsExactly(100L, 101L));
    }

    @Test
    void itIsAnsweredOnceThoughItsTimeEndsMeanwhile() {
        AcceptedFrame frame = frame();
        runAll(frame);

        assertThat(frame.answerIfLate(System.nanoTime() + TimeUnit.HOURS.toNanos(1)))
                .isTrue();
        beside.get(0).run();

        assertThat(answers)
                .singleElement()
                .satisfies(reply -> assertThat(reply.ended()).hasSize(2));
    }
}
