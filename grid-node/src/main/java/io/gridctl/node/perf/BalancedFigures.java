package io.gridctl.node.perf;

import io.gridctl.AsyncResult;
import io.gridctl.Grid;
import io.gridctl.LoadBalancedView;
import io.gridctl.MapResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** What the load-balanced view is measured by. Two engines of one slot are assumed where work is shared out. */
final class BalancedFigures {
    private static final int TASKS = 20_000;
    private static final int HEAP_ROUNDS = 3;
    private static final int ITEMS = 1_000_000;
    private static final int LONG_TASKS = 2_000;
    private static final long TEN_MILLIS = 10_000_000;
    private static final double SIGMA = 1.5;
    private static final double SKEWED_SECONDS = 20;

    private final Grid grid;
    private final LoadBalancedView view;
    private final PlainHazelcast plain;
    private final List<Integer> items = IntStream.range(0, ITEMS).boxed().toList();

    BalancedFigures(Grid grid, PlainHazelcast plain) {
        this.grid = grid;
        this.plain = plain;
        view = grid.loadBalanced();
    }

    void applyOne() throws InterruptedException {
        view.apply(Echo.function(), 1);
    }

    /** Echoes submitted one by one, all results fetched: how many a second. */
    double tasksPerSecond() throws Exception {
        return TASKS
                / Stopwatch.time(() -> {
                    List<AsyncResult<Integer>> results = new ArrayList<>(TASKS);
                    for (int i = 0; i < TASKS; i++) {
                        results.add(view.applyAsync(Echo.function(), i));
                    }
                    for (int i = 0; i < TASKS; i++) {
                        Checks.equal(i, results.get(i).await());
                    }
                });
    }

    /** The same number of empty calls, some hundreds under way, by plain Hazelcast. */
    double plainPerSecond() throws Exception {
        return TASKS / Stopwatch.time(() -> plain.echoPipelined(TASKS));
    }

    double mapItemsPerSecond() throws Exception {
        return ITEMS
                / Stopwatch.time(() -> {
                    List<Integer> values = view.map(Echo.function(), items);
                    Checks.equal(ITEMS - 1, values.get(ITEMS - 1));
                });
    }

    /** The share of the engines' time that was spent in the tasks' own code. */
    double efficiency(boolean burning) throws Exception {
        Long[] nanos = new Long[LONG_TASKS];
        Arrays.fill(nanos, TEN_MILLIS);
        MapResult<Boolean> result = view.mapAsync(burning ? Echo.burn() : Echo.park(), Arrays.asList(nanos));
        result.await();
        return (double) result.serialTime().toNanos()
                / (grid.ids().size() * (double) result.wallTime().toNanos());
    }

    /** Tasks of very different length: the seconds that they took. */
    double skewedSeconds(long seed) throws Exception {
        MapResult<Boolean> result = view.mapAsync(
                Echo.park(), Arrays.stream(logNormal(seed)).boxed().toList());
        result.await();
        return result.wallTime().toNanos() / 1e9;
    }

    /** What the best schedule takes that knows all times. */
    double bestSeconds(long seed) {
        return best(logNormal(seed), grid.ids().size());
    }

    private static long[] logNormal(long seed) {
        Random random = new Random(seed);
        double[] weights = new double[LONG_TASKS];
        double sum = 0;
        for (int i = 0; i < LONG_TASKS; i++) {
            weights[i] = Math.exp(SIGMA * random.nextGaussian());
            sum += weights[i];
        }
        long[] nanos = new long[LONG_TASKS];
        for (int i = 0; i < LONG_TASKS; i++) {
            nanos[i] = (long) (SKEWED_SECONDS * 1e9 * weights[i] / sum);
        }
        return nanos;
    }

    /** Longest first onto the engine that is free first; no schedule is shorter by more than one short task. */
    private static double best(long[] nanos, int engines) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        long[] busy = new long[engines];
        for (int i = sorted.length - 1; i >= 0; i--) {
            int free = 0;
            for (int engine = 1; engine < engines; engine++) {
                free = busy[engine] < busy[free] ? engine : free;
            }
            busy[free] += sorted[i];
        }
        return Arrays.stream(busy).max().orElse(0) / 1e9;
    }

    /** What a waiting item of a map takes at the client, beside the item itself. */
    double bytesPerWaitingItem() throws Exception {
        List<AsyncResult<Boolean>> busy = new ArrayList<>();
        for (int i = 0; i < 2 * grid.ids().size(); i++) {
            busy.add(view.applyAsync(Echo.park(), Duration.ofMinutes(5).toNanos()));
        }
        try {
            // What earlier figures left is let go of at a time of its own.
            double[] rounds = new double[HEAP_ROUNDS];
            for (int round = 0; round < HEAP_ROUNDS; round++) {
                rounds[round] = growthWithItemsWaiting() / (double) ITEMS;
            }
            return Stopwatch.median(rounds);
        } finally {
            busy.forEach(each -> each.cancel(true));
        }
    }

    private long growthWithItemsWaiting() {
        long before = usedHeap();
        MapResult<Integer> waiting = view.mapAsync(Echo.function(), items);
        long after = usedHeap();
        Checks.equal(0, waiting.progress().done());
        waiting.cancel(true);
        return after - before;
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }
}
