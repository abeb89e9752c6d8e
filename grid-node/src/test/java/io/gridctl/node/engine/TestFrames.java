package io.gridctl.node.engine;

import io.gridctl.node.task.CallShape;
import io.gridctl.node.task.CodePack;
import io.gridctl.node.task.FrameCall;
import io.gridctl.node.task.FrameCall.TaskCall;
import io.gridctl.node.task.FrameReply;
import io.gridctl.node.task.FunctionPack;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Frames that have come to an engine. */
final class TestFrames {
    private TestFrames() {}

    /** The first one of a client, with so many tasks, whose numbers begin with 100. */
    static AcceptedFrame accepted(int tasks, int budgetMillis, boolean handBack) {
        List<TaskCall> calls = LongStream.range(100, 100 + tasks)
                .mapToObj(id -> new TaskCall(id, new byte[0]))
                .toList();
        return new ClientState()
                .accept(new FrameCall(
                        new UUID(1, 2),
                        1,
                        new long[0],
                        new CodePack("", 0, List.of()),
                        CallShape.CALLABLE,
                        FunctionPack.unshared(new byte[0]),
                        calls,
                        budgetMillis,
                        handBack,
                        0,
                        FrameCall.Limits.NONE,
                        0))
                .frame();
    }

    /** When all its time is over. */
    static FrameReply answerOf(AcceptedFrame frame) {
        CompletableFuture<FrameReply> answer = new CompletableFuture<>();
        frame.whenAnswered(answer::complete);
        frame.answerIfLate(System.nanoTime() + TimeUnit.HOURS.toNanos(1));
        return answer.join();
    }
}
