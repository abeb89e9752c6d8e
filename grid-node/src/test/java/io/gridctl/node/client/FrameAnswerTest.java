package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.GridException;
import io.gridctl.node.balance.LossHistory;
import io.gridctl.node.task.FrameCall.TaskCall;
import io.gridctl.node.task.FrameReply;
import io.gridctl.node.task.Outcome;
import io.gridctl.node.task.Outcome.News;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrameAnswerTest {
    private static final Part CHUNK = new Part(100, 5);
    private static final Part TASK = new Part(200, 1);

    private static Outcome ended(long id, int items) {
        return new Outcome(
                id, new Outcome.Items(items, new byte[0], new float[items], List.of(), List.of()), 1, 1, News.NOTHING);
    }

    private static FrameAnswer answer(List<Outcome> ended, long[] late, long... handedBack) {
        return new FrameAnswer(List.of(CHUNK, TASK), new FrameReply(ended, late, handedBack));
    }

    @Test
    void aChunkComesBackInParts() {
        FrameAnswer answer = answer(List.of(ended(100, 2)), new long[] {102}, 103, 200);

        assertThat(answer.ended()).extracting(Ended::parcel).containsExactly(new Part(100, 2));
        assertThat(answer.late()).containsExactly(new Part(102, 1));
        assertThat(answer.handedBack()).containsExactly(new Part(103, 2), TASK);
        assertThat(answer.splits().get(CHUNK)).containsExactly(new Part(100, 2), new Part(102, 1), new Part(103, 2));
        assertThat(answer.missing()).isEmpty();
    }

    @Test
    void whatSharesOneFateIsNotParted() {
        FrameAnswer answer = answer(List.of(ended(200, 1)), new long[] {100});

        assertThat(answer.late()).containsExactly(CHUNK);
        assertThat(answer.splits()).isEmpty();
        assertThat(answer.missing()).isEmpty();
    }

    @Test
    void whatTheEngineSaysNothingOfIsFound() {
        FrameAnswer beyond = answer(List.of(), new long[] {105});
        FrameAnswer rest = answer(List.of(ended(100, 2), ended(200, 1)), new long[0]);

        assertThat(beyond.missing()).containsExactly(CHUNK, TASK);
        assertThat(beyond.late()).isEmpty();
        assertThat(rest.missing()).containsExactly(new Part(102, 3));
        assertThat(rest.splits().get(CHUNK)).containsExactly(new Part(100, 2), new Part(102, 3));
    }

    private record Part(long id, int units) implements Parcel {
        @Override
        public Parcel part(int from, int to) {
            return new Part(id + from, to - from);
        }

        private static UnsupportedOperationException unused() {
            return new UnsupportedOperationException("an answer is only taken apart");
        }

        @Override
        public CallResult<?> call() {
            throw unused();
        }

        @Override
        public TaskCall toCall() {
            throw unused();
        }

        @Override
        public boolean sentTo(EngineRef target) {
            throw unused();
        }

        @Override
        public @Nullable EngineRef engine() {
            throw unused();
        }

        @Override
        public void handedBack() {
            throw unused();
        }

        @Override
        public void waitsAgain() {
            throw unused();
        }

        @Override
        public List<Parcel> outcome(Outcome outcome) {
            throw unused();
        }

        @Override
        public void failed(GridException failure) {
            throw unused();
        }

        @Override
        public void printed(News text) {
            throw unused();
        }

        @Override
        public boolean isEnded() {
            throw unused();
        }

        @Override
        public void lost(LossHistory history) {
            throw unused();
        }
    }
}
