package io.gridctl.node.client;

import io.gridctl.GridException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * When a task that failed is tried again.
 *
 * @param most how often at most
 * @param delay how long to wait before the first time
 * @param backOff what the delay is multiplied by from one time to the next
 * @param when which failures are worth it; sees what user code threw, or the grid's own failure
 */
record Retries(int most, Duration delay, double backOff, Predicate<? super Throwable> when) {
    static final Retries NONE = new Retries(0, Duration.ZERO, 1, failure -> true);

    private static final long LONGEST_MILLIS = TimeUnit.DAYS.toMillis(1);

    boolean isNone() {
        return most == 0;
    }

    /** Whether a task that has failed so many times is tried again. */
    boolean allow(int failures, Supplier<GridException> last) {
        if (failures > most) {
            return false;
        }
        GridException failure = last.get();
        Throwable cause = failure.getCause();
        return when.test(cause == null ? failure : cause);
    }

    /** How long to wait after so many failures. */
    long delayMillis(int failures) {
        double millis = delay.toMillis() * Math.pow(backOff, Math.max(0, failures - 1));
        return (long) Math.min((double) LONGEST_MILLIS, millis);
    }
}
