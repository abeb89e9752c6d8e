package io.gridctl.node.perf;

import java.util.Arrays;

/** Times actions and gives medians. */
final class Stopwatch {
    private Stopwatch() {}

    /** Something to time. */
    interface Action {
        void run() throws Exception;
    }

    /** Seconds that one run takes: the median of several, after some that do not count. */
    static double median(int warm, int runs, Action action) throws Exception {
        for (int run = 0; run < warm; run++) {
            action.run();
        }
        double[] seconds = new double[runs];
        for (int run = 0; run < runs; run++) {
            seconds[run] = time(action);
        }
        return median(seconds);
    }

    static double time(Action action) throws Exception {
        long start = System.nanoTime();
        action.run();
        return (System.nanoTime() - start) / 1e9;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
