package io.gridctl.node.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that frames are answered when their time is over. Of all frames that are open it waits for the one whose
 * time is over first, so a frame costs no timer of its own, and is seldom looked at before. No frame of a clock has less
 * time than the others' least, so none that comes later is due before it looks again.
 */
final class FrameClock {
    private static final Logger log = LoggerFactory.getLogger(FrameClock.class);

    private final Timer timer;
    private final LongSupplier clock;
    private final long leastMillis;
    private final Queue<AcceptedFrame> open = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean waiting = new AtomicBoolean();

    /** Of frames that have this time or more. */
    FrameClock(Timer timer, LongSupplier clock, long leastMillis) {
        this.timer = timer;
        this.clock = clock;
        this.leastMillis = leastMillis;
    }

    void watch(AcceptedFrame frame) {
        open.add(frame);
        start();
    }

    private void start() {
        if (!waiting.get() && waiting.compareAndSet(false, true)) {
            timer.later(this::look, leastMillis);
        }
    }

    /** One that cannot be answered is not looked at again, and keeps no other one from its answer. */
    private static boolean isAnswered(AcceptedFrame frame, long now) {
        try {
            return frame.answerIfLate(now);
        } catch (RuntimeException trouble) {
            log.warn("a frame could not be answered", trouble);
            return true;
        }
    }

    private void look() {
        long now = clock.getAsLong();
        boolean allAnswered = true;
        long wait = TimeUnit.MILLISECONDS.toNanos(leastMillis);
        for (var frames = open.iterator(); frames.hasNext(); ) {
            AcceptedFrame frame = frames.next();
            if (isAnswered(frame, now)) {
                frames.remove();
            } else {
                allAnswered = false;
                wait = Math.min(wait, frame.dueNanos() - now);
            }
        }
        if (!allAnswered) {
            // Rounded up, or it would look a part of a millisecond too early, and once more.
            timer.later(this::look, TimeUnit.NANOSECONDS.toMillis(Math.max(0, wait)) + 1);
            return;
        }
        waiting.set(false);
        if (!open.isEmpty()) {
            start();
        }
    }
}
