package io.gridctl.node.engine;

import static io.gridctl.node.engine.TestFrames.answerOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.node.payload.ItemBlock;
import io.gridctl.node.task.CallShape;
import io.gridctl.node.task.CodePack;
import io.gridctl.node.task.CollectCall;
import io.gridctl.node.task.FrameCall;
import io.gridctl.node.task.FrameCall.TaskCall;
import io.gridctl.node.task.FrameReply;
import io.gridctl.node.task.FunctionPack;
import io.gridctl.node.task.LateReply;
import io.gridctl.node.task.Outcome;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ChunkTaskTest {
    private static final UUID CLIENT = new UUID(1, 2);

    private static final byte[] ARGUMENTS = threeArguments();

    private final ClientState state = new ClientState();

    private static byte[] threeArguments() {
        ItemBlock.Writer arguments = new ItemBlock.Writer(16);
        for (int item = 0; item < 3; item++) {
            arguments.addEncoded(new byte[] {1});
        }
        return arguments.toBytes();
    }

    /** A frame of one chunk of three items. */
    private static FrameCall chunk(long id, boolean handBack) {
        return new FrameCall(
                CLIENT,
                id,
                new long[] {id - 1},
                new CodePack("", 0, List.of()),
                CallShape.FUNCTION,
                FunctionPack.unshared(new byte[0]),
                List.of(new TaskCall(id * 100, 3, ARGUMENTS)),
                1,
                handBack,
                0,
                FrameCall.Limits.NONE,
                0);
    }

    private static void start(ChunkTask chunk) {
        chunk.start(() -> {});
        chunk.begin();
        chunk.arguments(ARGUMENTS);
    }

    /** On the thread of a slot, to the end. */
    private static void run(ChunkTask chunk) {
        start(chunk);
        for (boolean more = chunk.goesOn(); more; more = chunk.goesOn()) {
            chunk.next();
            chunk.succeeded(new byte[] {2}, 1);
        }
        Outcome outcome = chunk.finish();
        chunk.stop();
        chunk.end(outcome);
    }

    @Test
    void aChunkGoesOnUnderTheIdOfItsOutcome() {
        ChunkTask chunk =
                (ChunkTask) state.accept(chunk(1, false)).frame().tasks().get(0);
        start(chunk);
        assertThat(chunk.lateId()).isEqualTo(100);
        chunk.next();
        chunk.succeeded(new byte[] {2}, 1);

        Outcome outcome = chunk.finish();

        assertThat(outcome.task()).isEqualTo(100);
        assertThat(chunk.lateId()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsSaidOfAChunkThatEndsAsItsFrameIsAnsweredCoversItOnce(boolean handBack) throws Exception {
        long received = 0;
        for (long round = 1; round <= 5_000; round++) {
            AcceptedFrame frame = state.accept(chunk(round, handBack)).frame();
            CyclicBarrier together = new CyclicBarrier(2);
            FutureTask<Void> slot = new FutureTask<>(() -> {
                together.await();
                run((ChunkTask) frame.tasks().get(0));
                return null;
            });
            new Thread(slot).start();
            together.await();
            FrameReply reply = answerOf(frame);
            slot.get();

            Map<Long, Integer> items = new TreeMap<>();
            reply.ended().forEach(ended -> items.put(ended.task(), itemsOf(ended)));
            if (reply.late().length > 0) {
                LateReply late = state.collect(new CollectCall(CLIENT, received, 50));
                received = late.number();
                assertThat(late.outcomes()).extracting(Outcome::task).containsExactly(reply.late()[0]);
                items.put(reply.late()[0], itemsOf(late.outcomes().get(0)));
            }
            for (long back : reply.handedBack()) {
                items.put(back, (int) (round * 100 + 3 - back));
            }
            long next = round * 100;
            for (Map.Entry<Long, Integer> part : items.entrySet()) {
                assertThat(part.getKey()).isEqualTo(next);
                next += part.getValue();
            }
            assertThat(next).isEqualTo(round * 100 + 3);
        }
        assertThat(state.held()).isEqualTo(1);
    }

    private static int itemsOf(Outcome outcome) {
        return ((Outcome.Items) outcome.end()).count();
    }

    @Test
    void aCancelledChunkThatIsAboutToSaySoEndsAsAWhole() throws Exception {
        AcceptedFrame frame = state.accept(chunk(1, true)).frame();
        ChunkTask chunk = (ChunkTask) frame.tasks().get(0);
        start(chunk);
        assertThat(chunk.goesOn()).isTrue();
        chunk.next();
        chunk.cancel(false);
        chunk.succeeded(new byte[] {2}, 1);
        assertThat(chunk.goesOn()).isFalse();
        chunk.finish();

        FrameReply reply = answerOf(frame);

        assertThat(reply.late()).isEmpty();
        assertThat(reply.handedBack()).isEmpty();
        assertThat(reply.ended()).hasSize(1);
        assertThat(reply.ended().get(0).task()).isEqualTo(100);
        assertThat(reply.ended().get(0).end()).isInstanceOf(Outcome.Cancelled.class);
    }
}
