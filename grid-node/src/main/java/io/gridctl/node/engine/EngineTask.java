package io.gridctl.node.engine;

import io.gridctl.node.task.FrameCall;
import io.gridctl.node.task.FrameCall.TaskCall;
import io.gridctl.node.task.Outcome;
import org.jspecify.annotations.Nullable;

/** One task at the engine: waits, runs on one slot, ends once. */
final class EngineTask {
    private enum State {
        WAITING,
        RUNNING,
        ENDED,
        HANDED_BACK
    }

    private final AcceptedFrame frame;
    private final TaskCall call;
    private final OutputBuffer output = new OutputBuffer();
    private State state = State.WAITING;
    private boolean cancelled;
    private boolean late;
    private @Nullable Thread runner;
    private @Nullable Outcome outcome;

    EngineTask(AcceptedFrame frame, TaskCall call) {
        this.frame = frame;
        this.call = call;
    }

    long id() {
        return call.id();
    }

    byte[] argument() {
        return call.argument();
    }

    FrameCall frame() {
        return frame.call();
    }

    /** The calling thread runs it from now on; false if it is not to be run any more. */
    boolean start() {
        synchronized (this) {
            if (state != State.WAITING) {
                return false;
            }
            state = State.RUNNING;
            runner = Thread.currentThread();
        }
        frame.oneStarted();
        return true;
    }

    /** From here on no interrupt is aimed at the thread; says whether the task was cancelled while it ran. */
    synchronized boolean stop() {
        runner = null;
        return cancelled;
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    void end(Outcome how) {
        boolean deliver;
        synchronized (this) {
            if (state == State.ENDED || state == State.HANDED_BACK) {
                return;
            }
            state = State.ENDED;
            outcome = how;
            deliver = late;
        }
        frame.oneStarted();
        if (deliver) {
            frame.client().deliver(this, how);
        }
        frame.oneEnded();
    }

    /** Drops it if it waits, interrupts it if it runs and that is wanted. Says whether it was dropped. */
    boolean cancel(boolean interrupt) {
        synchronized (this) {
            if (state == State.RUNNING) {
                cancelled = true;
                if (interrupt && runner != null) {
                    runner.interrupt();
                }
                return false;
            }
        }
        end(new Outcome(id(), new Outcome.Cancelled(), 0, 0, Outcome.PrintedText.NOTHING));
        return true;
    }

    synchronized boolean handBack() {
        if (state != State.WAITING) {
            return false;
        }
        state = State.HANDED_BACK;
        return true;
    }

    synchronized boolean wasHandedBack() {
        return state == State.HANDED_BACK;
    }

    synchronized boolean hasEnded() {
        return state == State.ENDED || state == State.HANDED_BACK;
    }

    synchronized boolean isWaiting() {
        return state == State.WAITING;
    }

    /** The outcome, or null, and then the outcome will be delivered through the client's outbox. */
    synchronized @Nullable Outcome outcomeOrLater() {
        if (outcome == null) {
            late = true;
        }
        return outcome;
    }

    /** The outcome, or null as long as there is none. */
    synchronized @Nullable Outcome outcome() {
        return outcome;
    }

    OutputBuffer output() {
        return output;
    }

    void printed(boolean error, byte[] bytes, int offset, int length) {
        output.write(error, bytes, offset, length);
        boolean live;
        synchronized (this) {
            live = late;
        }
        if (live) {
            frame.client().outputWaits();
        }
    }
}
