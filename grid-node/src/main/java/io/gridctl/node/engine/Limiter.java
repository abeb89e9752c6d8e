package io.gridctl.node.engine;

import io.gridctl.node.task.FrameCall.Limits;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Ends tasks that take longer than their limits. Costs nothing where there are none. */
final class Limiter implements AutoCloseable {
    private static final Watch NOTHING = new Watch();

    private final ScheduledThreadPoolExecutor timer;

    Limiter(int engineId) {
        timer = new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread thread = new Thread(task, "grid-limits-" + engineId);
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        timer.setRemoveOnCancelPolicy(true);
    }

    /** One task that is watched. */
    static class Watch {
        void end() {}
    }

    private final class Timed extends Watch implements Runnable {
        private final EngineTask task;
        private final long startedNanos = System.nanoTime();
        private final long runNanos;
        private final long quietNanos;
        private java.util.concurrent.@Nullable Future<?> next;
        private boolean ended;

        Timed(EngineTask task, Limits limits) {
            this.task = task;
            runNanos = limits.runMillis() == 0 ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(limits.runMillis());
            quietNanos =
                    limits.quietMillis() == 0 ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(limits.quietMillis());
        }

        @Override
        public synchronized void run() {
            if (ended) {
                return;
            }
            long now = System.nanoTime();
            long runLeft = runNanos - (now - startedNanos);
            long quietLeft = quietNanos - (now - task.progressNanos());
            if (runLeft <= 0 || quietLeft <= 0) {
                ended = true;
                task.timeOut(runLeft > 0);
            } else {
                next = timer.schedule(this, Math.min(runLeft, quietLeft), TimeUnit.NANOSECONDS);
            }
        }

        @Override
        synchronized void end() {
            ended = true;
            if (next != null) {
                next.cancel(false);
            }
        }
    }

    Watch watch(EngineTask task) {
        Limits limits = task.frame().limits();
        if (limits.areNone()) {
            return NOTHING;
        }
        Timed watch = new Timed(task, limits);
        watch.run();
        return watch;
    }

    /** Does something after a while, unless this is closed by then. */
    @SuppressWarnings("FutureReturnValueIgnored") // What is done reports by itself.
    void later(Runnable what, long millis) {
        timer.schedule(what, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
