package io.gridctl.node.perf;

import io.gridctl.Namespace;
import io.gridctl.function.RemoteBiFunction;
import io.gridctl.function.RemoteDoubleUnaryOperator;
import io.gridctl.function.RemoteFunction;
import io.gridctl.function.RemoteIntUnaryOperator;
import java.util.concurrent.locks.LockSupport;

/** What the grid is timed with; a class of its own, because it travels. */
final class Echo {
    private Echo() {}

    static RemoteFunction<Integer, Integer> function() {
        return number -> number;
    }

    static RemoteIntUnaryOperator ofInt() {
        return number -> number;
    }

    static RemoteDoubleUnaryOperator ofDouble() {
        return number -> number;
    }

    /** To the tenth. */
    static RemoteFunction<Integer, Double> power() {
        return number -> Math.pow(number, 10);
    }

    /** The first element of what is under a name. */
    static RemoteBiFunction<Namespace, String, Double> firstElement() {
        return (namespace, name) -> namespace.<double[]>get(name)[0];
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
