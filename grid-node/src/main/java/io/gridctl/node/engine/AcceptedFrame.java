package io.gridctl.node.engine;

import io.gridctl.node.task.FrameCall;
import io.gridctl.node.task.FrameReply;
import io.gridctl.node.task.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A frame that the engine has taken, kept until the client says that the answer has arrived. */
final class AcceptedFrame {
    private final FrameCall call;
    private final ClientState client;
    private final List<EngineTask> tasks;
    private final CountDownLatch running;
    private final long acceptedNanos = System.nanoTime();

    AcceptedFrame(FrameCall call, ClientState client) {
        this.call = call;
        this.client = client;
        tasks = call.tasks().stream().map(task -> new EngineTask(this, task)).toList();
        running = new CountDownLatch(tasks.size());
    }

    FrameCall call() {
        return call;
    }

    ClientState client() {
        return client;
    }

    List<EngineTask> tasks() {
        return tasks;
    }

    void oneEnded() {
        running.countDown();
    }

    boolean isOver(long now, long keepNanos) {
        return running.getCount() == 0 && now - acceptedNanos > keepNanos;
    }

    FrameReply answer() throws InterruptedException {
        boolean allEnded = running.await(call.budgetMillis(), TimeUnit.MILLISECONDS);
        List<Outcome> ended = new ArrayList<>(tasks.size());
        LongStream.Builder late = LongStream.builder();
        LongStream.Builder handedBack = LongStream.builder();
        for (EngineTask task : tasks) {
            if (!allEnded && call.handBack() && task.handBack()) {
                running.countDown();
            }
            if (task.wasHandedBack()) {
                handedBack.add(task.id());
                continue;
            }
            @Nullable Outcome outcome = task.outcomeOrLater();
            if (outcome != null) {
                ended.add(outcome);
            } else {
                client.goesOn(task);
                late.add(task.id());
            }
        }
        return new FrameReply(ended, late.build().toArray(), handedBack.build().toArray());
    }
}
