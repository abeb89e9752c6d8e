package io.gridctl.node.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sees to it that frames are answered when their time is over. It ticks while there are frames without an answer and a
 * little longer, so a frame costs no timer of its own.
 */
final class FrameClock {
    /** Between ticks without a frame before it stops: calls that follow one another do not start it again and again. */
    private static final long IDLE_MILLIS = 100;

    private final Limiter timer;
    private final long tickMillis;
    private final Queue<AcceptedFrame> open = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean ticking = new AtomicBoolean();
    /** Of the thread that ticks. */
    private int idle;

    /** Frames are answered up to a tick late. */
    FrameClock(Limiter timer, long tickMillis) {
        this.timer = timer;
        this.tickMillis = tickMillis;
    }

    void watch(AcceptedFrame frame) {
        open.add(frame);
        start();
    }

    private void start() {
        if (!ticking.get() && ticking.compareAndSet(false, true)) {
            timer.later(this::tick, tickMillis);
        }
    }

    private void tick() {
        long now = System.nanoTime();
        open.removeIf(frame -> frame.answerIfLate(now));
        idle = open.isEmpty() ? idle + 1 : 0;
        if (idle * tickMillis < IDLE_MILLIS) {
            timer.later(this::tick, tickMillis);
            return;
        }
        idle = 0;
        ticking.set(false);
        if (!open.isEmpty()) {
            start();
        }
    }
}
