package io.gridctl.node.engine;

import io.gridctl.node.share.Exchange;
import io.gridctl.node.share.HostMemory;
import io.gridctl.node.task.FrameCall;
import io.gridctl.node.task.FrameReply;
import io.gridctl.node.task.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A frame that the engine has taken, kept until the client says that the answer has arrived.
 *
 * <p>It is answered by whoever makes its answer due: the slot that ends its last task, a task that needs the client, or
 * the clock when its time is over. So nobody waits for it, and a short task costs no thread but the slot's.
 */
final class AcceptedFrame {
    /** A frame that has not begun by then waits behind something long; other engines may have room. */
    private static final long START_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** To wake a thread that sends its answer takes longer than to send it, unless it took long itself. */
    private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Without its large function once all tasks have ended. */
    private volatile FrameCall call;

    private final ClientState client;
    private final Look look;
    private final List<EngineTask> tasks;
    private final AtomicInteger running;
    private final long acceptedNanos = System.nanoTime();

    /** When its first task began; the same as {@link #acceptedNanos} if none has. */
    private volatile long startedNanos = acceptedNanos;

    private volatile boolean started;

    /** Where the arguments of its tasks are. */
    private volatile @Nullable Exchange exchange;

    // Guarded by the lock, which is taken before those of the tasks and of the client's state.
    private final Object answerLock = new Object();
    private boolean answering;
    private @Nullable FrameReply reply;
    private final List<Consumer<FrameReply>> asking = new ArrayList<>(1);

    AcceptedFrame(FrameCall call, ClientState client, Look look) {
        this.call = call;
        this.client = client;
        this.look = look;
        List<EngineTask> all = new ArrayList<>(call.tasks().size());
        for (FrameCall.TaskCall task : call.tasks()) {
            all.add(task.items() > 0 ? new ChunkTask(this, task) : new EngineTask(this, task));
        }
        tasks = all;
        running = new AtomicInteger(tasks.size());
    }

    FrameCall call() {
        return call;
    }

    /** Looks where the arguments of its tasks are, before any of them starts. */
    void exchangesBy(HostMemory memory) {
        call.exchange().flatMap(memory::findExchange).ifPresent(found -> exchange = found);
    }

    /** Null if it is not there, or its tasks need none. */
    @Nullable
    Exchange exchange() {
        return exchange;
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

    /** Whether tasks of it run, and so its client hears of whatever comes later than the answer. */
    boolean goesOn() {
        return running.get() > 0 && started;
    }

    boolean isOver(long now, long keepNanos) {
        return running.get() == 0 && now - acceptedNanos > keepNanos;
    }

    void oneStarted() {
        if (!started) {
            startedNanos = System.nanoTime();
            started = true;
        }
    }

    /**
     * One of its tasks has ended.
     *
     * @param beside where the answer may be sent instead, if the thread has other things to do
     */
    void oneEnded(Executor beside) {
        if (running.decrementAndGet() == 0) {
            Exchange done = exchange;
            if (done != null) {
                done.close();
            }
            if (call.function().id() != null) {
                call = call.withFunction(call.function().named(false));
            }
            long now = System.nanoTime();
            look.took(now - acceptedNanos);
            if (now - startedNanos < SHORT_NANOS) {
                answerNow();
            } else {
                beside.execute(this::answerNow);
            }
        }
    }

    /** The answer is not to wait for the tasks: the client is needed. No lock of the client's state may be held. */
    void answerNow() {
        List<Consumer<FrameReply>> due;
        FrameReply answer;
        synchronized (answerLock) {
            if (reply != null || answering) {
                return;
            }
            // Tasks that are handed back end here.
            answering = true;
            answer = makeReply(running.get() == 0);
            reply = answer;
            due = List.copyOf(asking);
            asking.clear();
        }
        due.forEach(who -> who.accept(answer));
    }

    private FrameReply makeReply(boolean allEnded) {
        Answer answer = new Answer(tasks.size());
        for (EngineTask task : tasks) {
            task.answer(answer, !allEnded && call.handBack());
        }
        return new FrameReply(
                answer.ended,
                answer.late.build().toArray(),
                answer.handedBack.build().toArray());
    }

    /**
     * Gives the answer to whom it concerns, when there is one. The same each time: a client that asks again has not seen
     * it.
     */
    void whenAnswered(Consumer<FrameReply> who) {
        FrameReply answer;
        synchronized (answerLock) {
            answer = reply;
            if (answer == null) {
                asking.add(who);
                return;
            }
        }
        who.accept(answer);
    }

    /** Answers it if its time is over; says whether it was answered by now. */
    boolean answerIfLate(long now) {
        boolean over = now - dueNanos() > 0;
        if (over) {
            answerNow();
        }
        return over || isAnswered();
    }

    /** When its time is over, as things stand: later than it seemed, if a task of it begins meanwhile. */
    long dueNanos() {
        return awaitsStart()
                ? acceptedNanos + START_NANOS
                : timeBegan() + TimeUnit.MILLISECONDS.toNanos(call.budgetMillis());
    }

    /** Where tasks may be handed back, others may have room for what waits here for long. */
    private boolean awaitsStart() {
        return call.handBack() && !started;
    }

    /** From the start of its first task where tasks may be handed back, or else one prefetched task after the other would be. */
    private long timeBegan() {
        return call.handBack() ? startedNanos : acceptedNanos;
    }

    boolean isAnswered() {
        synchronized (answerLock) {
            return reply != null;
        }
    }

    /** How long it is worth looking whether it has ended. */
    long lookNanos() {
        return look.nanos();
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
