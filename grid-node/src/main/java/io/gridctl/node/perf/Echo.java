package io.gridctl.node.perf;

import io.gridctl.function.RemoteFunction;
import java.util.concurrent.locks.LockSupport;

/** What the grid is timed with; a class of its own, because it travels. */
final class Echo {
    private Echo() {}

    static RemoteFunction<Integer, Integer> function() {
        return number -> number;
    }

    /** Waits for so many nanoseconds. */
    static RemoteFunction<Long, Boolean> park() {
        return nanos -> {
            long end = System.nanoTime() + nanos;
            for (long left = nanos; left > 0; left = end - System.nanoTime()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                LockSupport.parkNanos(left);
            }
            return true;
        };
    }

    /** Computes for so many nanoseconds. */
    static RemoteFunction<Long, Boolean> burn() {
        return nanos -> {
            long end = System.nanoTime() + nanos;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            return true;
        };
    }
}
