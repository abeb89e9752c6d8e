package io.gridctl.node.engine;

import java.util.concurrent.TimeUnit;

/**
 * How long a thread looks whether a frame has ended before it goes to sleep: twice as long as frames of this client took
 * of late, and not at all if that is long. To be woken costs as much as a short task, and to look is to keep a core from
 * others. Safe for several threads; that one of two changes may be lost does no harm.
 */
final class Look {
    private static final long FIRST_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long SHORT_NANOS = TimeUnit.MICROSECONDS.toNanos(150);
    /** One long task among short ones counts as no more than this. */
    private static final long LONG_NANOS = TimeUnit.MICROSECONDS.toNanos(800);

    private static final int WEIGHT = 8;

    private volatile long typicalNanos = FIRST_NANOS;

    long nanos() {
        long typical = typicalNanos;
        return typical <= SHORT_NANOS ? 2 * typical : 0;
    }

    /** A frame has ended so long after it came. */
    void took(long nanos) {
        long typical = typicalNanos;
        typicalNanos = typical + (Math.min(nanos, LONG_NANOS) - typical) / WEIGHT;
    }
}
