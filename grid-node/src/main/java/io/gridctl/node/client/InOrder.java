package io.gridctl.node.client;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one call at a time and in order, on whichever of the grid's threads is free, or on that of who comes first. Each
 * listener has its own, so that one that takes long, or waits for something of the grid's, delays its own next call and
 * nothing else.
 */
final class InOrder implements Executor {
    private static final Logger log = LoggerFactory.getLogger(InOrder.class);

    private final Executor threads;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean active;

    InOrder(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable call) {
        synchronized (this) {
            waiting.add(call);
            if (active) {
                return;
            }
            active = true;
        }
        try {
            threads.execute(this::drain);
        } catch (RejectedExecutionException closed) {
            // The grid was closed; what a call has printed can still be listened to.
            drain();
        }
    }

    private void drain() {
        for (Runnable call = next(); call != null; call = next()) {
            try {
                call.run();
            } catch (RuntimeException | Error e) {
                log.warn("what was called, a listener of the program's perhaps, threw an exception", e);
            }
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable call = waiting.poll();
        if (call == null) {
            active = false;
        }
        return call;
    }
}
