package io.gridctl.node.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sees to it that frames are answered when their time is over. It ticks while there are frames without an answer and a
 * little longer, so a frame costs no timer of its own.
 */
final class FrameClock {
    private static final long TICK_MILLIS = 2;

    /** Ticks without a frame before it stops: calls that follow one another do not start it again and again. */
    private static final int IDLE_TICKS = 50;

    private final Limiter timer;
    private final Queue<AcceptedFrame> open = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean ticking = new AtomicBoolean();
    /** Of the thread that ticks. */
    private int idle;

    FrameClock(Limiter timer) {
        this.timer = timer;
    }

    void watch(AcceptedFrame frame) {
        open.add(frame);
        start();
    }

    private void start() {
        if (!ticking.get() && ticking.compareAndSet(false, true)) {
            timer.later(this::tick, TICK_MILLIS);
        }
    }

    private void tick() {
        long now = System.nanoTime();
        open.removeIf(frame -> frame.answerIfLate(now));
        idle = open.isEmpty() ? idle + 1 : 0;
        if (idle < IDLE_TICKS) {
            timer.later(this::tick, TICK_MILLIS);
            return;
        }
        idle = 0;
        ticking.set(false);
        if (!open.isEmpty()) {
            start();
        }
    }
}
