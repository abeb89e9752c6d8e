package io.gridctl.node.client;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts how often each task ran; engines in this process share it. */
final class RunCounter {
    private static final Map<Integer, Integer> RUNS = new ConcurrentHashMap<>();

    private RunCounter() {}

    static void reset() {
        RUNS.clear();
    }

    static void count(int task) {
        RUNS.merge(task, 1, Integer::sum);
    }

    static int total() {
        return RUNS.values().stream().mapToInt(Integer::intValue).sum();
    }

    static int most() {
        return RUNS.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }
}
