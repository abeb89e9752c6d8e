package io.gridctl.cli.shell;

import io.gridctl.node.client.OpenGrids;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What Ctrl-C does: it cancels what the engines of any grid do for this process; if they do nothing, or it comes a
 * second time, it ends the line that runs here. JShell's compiler, which an interrupt would harm, is left alone.
 */
public final class Interrupts {
    /** Whose loops are to end; one shell runs in a process. */
    private static final AtomicReference<@Nullable Thread> STOPPED = new AtomicReference<>();

    private @Nullable Thread running;
    private boolean enginesTold;
    private volatile boolean ending;

    /**
     * Ends a loop at the prompt that was interrupted; woven in before each jump back.
     *
     * @throws CancellationException if it was
     */
    public static void loop() {
        if (Thread.currentThread() == STOPPED.get()) {
            throw new CancellationException("interrupted");
        }
    }

    /** Runs something that an interrupt may end. */
    <T extends @Nullable Object> T during(Callable<T> work) throws Exception {
        synchronized (this) {
            running = Thread.currentThread();
        }
        try {
            return work.call();
        } finally {
            synchronized (this) {
                running = null;
                STOPPED.set(null);
                var unused = Thread.interrupted(); // cleared for what comes next
            }
        }
    }

    /** A new line begins. */
    synchronized void newLine() {
        enginesTold = false;
    }

    /** Ctrl-C; on any thread. */
    void interrupt() {
        int cancelled = OpenGrids.cancelCalls();
        synchronized (this) {
            boolean enginesFirst = cancelled > 0 && !enginesTold;
            enginesTold = enginesTold || cancelled > 0;
            if (!enginesFirst && running != null) {
                STOPPED.set(running);
                running.interrupt();
            }
        }
    }

    /** Ends all, this shell included; on any thread. */
    void end() {
        ending = true;
        interrupt();
        interrupt();
    }

    boolean isEnding() {
        return ending;
    }
}
