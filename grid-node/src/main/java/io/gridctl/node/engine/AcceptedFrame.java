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
    /** A frame that has not begun by then waits behind something long; other engines may have room. */
    private static final long START_MILLIS = 50;

    private final FrameCall call;
    private final ClientState client;
    private final Look look;
    private final List<EngineTask> tasks;
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch running;
    private final Object answerLock = new Object();
    private @Nullable FrameReply reply;
    /** Open when all has ended, or when there is something to say that cannot wait. */
    private final CountDownLatch due = new CountDownLatch(1);

    private final long acceptedNanos = System.nanoTime();

    AcceptedFrame(FrameCall call, ClientState client, Look look) {
        this.call = call;
        this.client = client;
        this.look = look;
        List<EngineTask> all = new ArrayList<>(call.tasks().size());
        for (FrameCall.TaskCall task : call.tasks()) {
            all.add(task.items() > 0 ? new ChunkTask(this, task) : new EngineTask(this, task));
        }
        tasks = all;
        running = new CountDownLatch(tasks.size());
    }

    FrameCall call() {
        return call;
    }

    ClientState client() {
        return client;
    }

    long acceptedNanos() {
        return acceptedNanos;
    }

    List<EngineTask> tasks() {
        return tasks;
    }

    void oneEnded() {
        running.countDown();
        if (running.getCount() == 0) {
            due.countDown();
            look.took(System.nanoTime() - acceptedNanos);
        }
    }

    /** Whether tasks of it run, and so its client hears of whatever comes later than the answer. */
    boolean goesOn() {
        return running.getCount() > 0 && started.getCount() == 0;
    }

    /** The answer is not to wait for the tasks: the client is needed. */
    void answerNow() {
        due.countDown();
    }

    boolean isOver(long now, long keepNanos) {
        return running.getCount() == 0 && now - acceptedNanos > keepNanos;
    }

    void oneStarted() {
        started.countDown();
    }

    /** The frame's time counts from the start of its first task, or else one prefetched task after the other is handed back. */
    @SuppressWarnings("ThreadPriorityCheck") // Correct whatever the scheduler does; the latch below is what waits.
    private boolean awaitEnd() throws InterruptedException {
        long lookUntil = System.nanoTime() + look.nanos();
        while (running.getCount() > 0 && System.nanoTime() < lookUntil) {
            Thread.yield();
        }
        if (call.handBack() && !started.await(START_MILLIS, TimeUnit.MILLISECONDS)) {
            return false;
        }
        return due.await(call.budgetMillis(), TimeUnit.MILLISECONDS) && running.getCount() == 0;
    }

    /** The same each time: a client that asks again has not seen the answer. */
    FrameReply answer() throws InterruptedException {
        boolean allEnded = awaitEnd();
        synchronized (answerLock) {
            if (reply == null) {
                Answer answer = new Answer(tasks.size());
                for (EngineTask task : tasks) {
                    task.answer(answer, !allEnded && call.handBack());
                }
                reply = new FrameReply(
                        answer.ended,
                        answer.late.build().toArray(),
                        answer.handedBack.build().toArray());
            }
            return reply;
        }
    }

    /** Collects what becomes of the tasks. */
    static final class Answer {
        final List<Outcome> ended;
        final LongStream.Builder late = LongStream.builder();
        final LongStream.Builder handedBack = LongStream.builder();

        Answer(int size) {
            ended = new ArrayList<>(size);
        }
    }
}
