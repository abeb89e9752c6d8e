package io.gridctl.node.engine;

import io.gridctl.node.code.ProgramLoader;
import io.gridctl.node.task.FrameCall;
import io.gridctl.node.task.FrameCall.TaskCall;
import io.gridctl.node.task.Outcome;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One task at the engine: waits, runs on one slot, ends once. */
class EngineTask {
    enum State {
        WAITING,
        RUNNING,
        ENDED,
        HANDED_BACK
    }

    final AcceptedFrame frame;
    private final TaskCall call;
    private volatile @Nullable OutputBuffer output;
    private State state = State.WAITING;
    private volatile boolean cancelled;
    private boolean late;
    private volatile long progressNanos;
    private volatile boolean lends;
    /** What its client knows of that. Its client's state guards it. */
    boolean toldLends;

    private @Nullable Thread runner;
    private boolean interrupted;
    private volatile boolean toldToEnd;
    private Runnable whenTold = () -> {};
    private List<ProgramLoader> endingLoops = List.of();
    private @Nullable Outcome outcome;

    EngineTask(AcceptedFrame frame, TaskCall call) {
        this.frame = frame;
        this.call = call;
    }

    long id() {
        return call.id();
    }

    /** Whether this is the task of that id. */
    boolean covers(long id) {
        return id == call.id();
    }

    /** The id under which its outcome will come, once its frame was answered. */
    long lateId() {
        return call.id();
    }

    /** How many tasks wait for one another down to this one. */
    int depth() {
        return frame.call().depth();
    }

    byte[] argument() {
        return call.argument();
    }

    /** Where the argument is; null if it came with the call. */
    FrameCall.@Nullable Place place() {
        return call.place();
    }

    FrameCall frame() {
        return frame.call();
    }

    /** The calling thread runs it from now on, and does this when it is told to end; false if it is not to be run any more. */
    boolean start(Runnable whenItIsTold) {
        synchronized (this) {
            if (state != State.WAITING) {
                return false;
            }
            whenTold = whenItIsTold;
            state = State.RUNNING;
            runner = Thread.currentThread();
        }
        progressNanos = System.nanoTime();
        frame.oneStarted();
        return true;
    }

    /** From here on no interrupt is aimed at the thread; says whether the task was cancelled while it ran. */
    synchronized boolean stop() {
        runner = null;
        toldToEnd = false;
        endingLoops.forEach(loader -> loader.endLoops(false));
        endingLoops = List.of();
        return cancelled;
    }

    /** It was told to end and has not: its loops look from now on. */
    synchronized void endLoops(List<ProgramLoader> loaders) {
        if (toldToEnd && endingLoops.isEmpty()) {
            endingLoops = loaders;
            loaders.forEach(loader -> loader.endLoops(true));
        }
    }

    boolean isToldToEnd() {
        return toldToEnd;
    }

    boolean isCancelled() {
        return cancelled;
    }

    final void end(Outcome how) {
        end(how, Runnable::run);
    }

    /** The same, where the answer to its frame may be sent by another thread. */
    final void end(Outcome how, Executor beside) {
        boolean deliver;
        synchronized (this) {
            if (state == State.ENDED || state == State.HANDED_BACK) {
                return;
            }
            deliver = endNow(how);
        }
        tell(how, deliver, beside);
    }

    /** Under the lock; says whether the outcome goes through the client's outbox. */
    private boolean endNow(Outcome how) {
        state = State.ENDED;
        if (late) {
            // The client's outbox has it until the client has; the frame stays for longer.
            letGo();
        } else {
            outcome = how;
        }
        return late;
    }

    /** Under the lock: what came of it is somebody else's now. */
    void letGo() {}

    private void tell(Outcome how, boolean deliver, Executor beside) {
        frame.oneStarted();
        if (deliver) {
            frame.client().deliver(how);
        }
        frame.oneEnded(beside);
    }

    /** First those that wait are dropped: none of them is to begin where another is interrupted. */
    static void cancel(List<EngineTask> tasks, boolean interrupt) {
        tasks.forEach(task -> task.cancel(false));
        if (interrupt) {
            tasks.forEach(task -> task.cancel(true));
        }
    }

    /** Drops it if it waits, interrupts it if it runs and that is wanted. */
    void cancel(boolean interrupt) {
        Runnable telling;
        synchronized (this) {
            if (state == State.RUNNING) {
                cancelled = true;
                if (interrupt) {
                    interrupt();
                }
            }
            // In one step with the look at the state: it may be about to start.
            telling = dropNow();
        }
        telling.run();
    }

    /** Drops it if it waits, and does nothing otherwise. */
    void drop() {
        Runnable telling;
        synchronized (this) {
            telling = dropNow();
        }
        telling.run();
    }

    /** Under the lock, unlike what is left to do. */
    private Runnable dropNow() {
        if (state != State.WAITING) {
            return () -> {};
        }
        Outcome dropped = new Outcome(lateId(), new Outcome.Cancelled(), 0, 0, Outcome.News.NOTHING);
        boolean deliver = endNow(dropped);
        return () -> tell(dropped, deliver, Runnable::run);
    }

    /** Once: what a task does to clean up is not to be interrupted again when the word comes twice. */
    private void interrupt() {
        if (runner != null && !interrupted) {
            interrupted = true;
            toldToEnd = true;
            runner.interrupt();
            whenTold.run();
        }
    }

    /** Says what becomes of it, when its frame is answered. */
    void answer(AcceptedFrame.Answer answer, boolean mayHandBack) {
        boolean handBack;
        long goesOn = 0;
        synchronized (this) {
            if (outcome != null) {
                answer.ended.add(outcome);
                return;
            }
            handBack = mayHandBack && state == State.WAITING;
            if (handBack) {
                state = State.HANDED_BACK;
            } else {
                goesOn = goesLate();
            }
        }
        if (handBack) {
            answer.handedBack.add(id());
            frame.oneEnded(Runnable::run);
        } else {
            answer.late.add(goesOn);
            frame.client().goesOn(this, goesOn);
        }
    }

    final synchronized boolean isRunning() {
        return state == State.RUNNING;
    }

    /** Under the lock: from now on its outcome goes through the client's outbox, under this id. */
    final long goesLate() {
        late = true;
        return lateId();
    }

    final synchronized boolean hasEnded() {
        return state == State.ENDED || state == State.HANDED_BACK;
    }

    synchronized boolean isWaiting() {
        return state == State.WAITING;
    }

    /** The outcome, or null as long as there is none, and where it went by the client's outbox. */
    synchronized @Nullable Outcome outcome() {
        return outcome;
    }

    /** What it printed and was not sent yet. */
    Outcome.News takeOutput(boolean ended) {
        OutputBuffer buffer = output;
        return buffer == null ? Outcome.News.NOTHING : buffer.take(ended);
    }

    boolean hasOutput() {
        OutputBuffer buffer = output;
        return buffer != null && !buffer.isEmpty();
    }

    private OutputBuffer output() {
        OutputBuffer buffer = output;
        if (buffer == null) {
            synchronized (this) {
                buffer = output;
                if (buffer == null) {
                    buffer = new OutputBuffer();
                    output = buffer;
                }
            }
        }
        return buffer;
    }

    /** It says that it has come a step further. */
    void progressed() {
        progressNanos = System.nanoTime();
    }

    long progressNanos() {
        return progressNanos;
    }

    /** It took too long: that is its outcome, whether or not it takes notice of the interrupt. */
    void timeOut(boolean quiet) {
        synchronized (this) {
            if (state != State.RUNNING) {
                return;
            }
            interrupt();
        }
        end(new Outcome(lateId(), new Outcome.TimedOut(quiet), 0, 0, takeOutput(false)));
    }

    /** It waits for a grid, and others may run on its slot; or it goes on. Its client hears of it, whose frame is answered. */
    void lends(boolean now) {
        lends = now;
        if (now) {
            frame.answerNow();
        }
        frame.client().lendingChanged(this);
    }

    boolean isLending() {
        return lends;
    }

    /** Whether its code is still on a slot, though it may have an outcome. */
    synchronized boolean occupiesSlot() {
        return runner != null && !lends;
    }

    void printed(boolean error, byte[] bytes, int offset, int length) {
        output().write(error, bytes, offset, length);
        outputWaits();
    }

    /** The last value of these is what its client will see. */
    void published(byte[] value) {
        output().publish(value);
        outputWaits();
    }

    private void outputWaits() {
        boolean live;
        synchronized (this) {
            live = late;
        }
        if (live) {
            frame.client().outputWaits();
        }
    }
}
