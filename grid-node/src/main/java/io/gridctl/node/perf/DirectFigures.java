package io.gridctl.node.perf;

import io.gridctl.DirectView;
import io.gridctl.Grid;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** What the direct view's collections are measured by. Plain Hazelcast brings the same bytes to its map and back. */
final class DirectFigures {
    static final int DOUBLES = 8_388_608;
    private static final int SMALL = 32;
    private static final int LARGE = 1_000_000;

    /** As many doubles as the large map's integers are bytes. */
    private static final int LARGE_DOUBLES = LARGE * Integer.BYTES / Double.BYTES;

    private final DirectView view;
    private final PlainHazelcast plain;
    private final List<Integer> small = IntStream.range(0, SMALL).boxed().toList();
    private final List<Integer> large = IntStream.range(0, LARGE).boxed().toList();
    private final int[] largeArray = IntStream.range(0, LARGE).toArray();

    DirectFigures(Grid grid, PlainHazelcast plain) {
        view = grid.engines();
        this.plain = plain;
    }

    static double[] data() {
        return new Random(1).doubles(DOUBLES).toArray();
    }

    void mapSmall() throws InterruptedException {
        List<Double> powers = view.map(Echo.power(), small);
        Checks.equal(1024, powers.get(2).intValue());
    }

    double mapLargeItemsPerSecond() throws Exception {
        return LARGE
                / Stopwatch.time(() -> {
                    List<Integer> values = view.map(Echo.function(), large);
                    Checks.equal(LARGE - 1, values.get(LARGE - 1));
                });
    }

    /** As many numbers of a primitive type. */
    double mapLargeArrayItemsPerSecond() throws Exception {
        return LARGE
                / Stopwatch.time(() -> {
                    int[] values = view.map(Echo.ofInt(), largeArray);
                    Checks.equal(LARGE - 1, values[LARGE - 1]);
                });
    }

    /** Numbers brought to the grid's map and fetched again. */
    double plainItemsPerSecond() throws Exception {
        return LARGE / plainSeconds(new double[LARGE_DOUBLES]);
    }

    double map64MbItemsPerSecond(double[] data) throws Exception {
        return DOUBLES
                / Stopwatch.time(() -> {
                    double[] values = view.map(Echo.ofDouble(), data);
                    Checks.equal(
                            Double.doubleToLongBits(data[DOUBLES - 1]), Double.doubleToLongBits(values[DOUBLES - 1]));
                });
    }

    double plain64MbItemsPerSecond(double[] data) throws Exception {
        return DOUBLES / plainSeconds(data);
    }

    private double plainSeconds(double[] data) throws Exception {
        return Stopwatch.time(() -> {
            plain.put(data);
            plain.get(data.length);
        });
    }

    /** Until each engine has read an element. */
    void push(double[] data) throws InterruptedException {
        view.push("a", data);
        view.apply(Echo.firstElement(), "a");
    }

    void scatter(double[] data) throws InterruptedException {
        view.scatter("s", data);
    }

    double[] gather() throws InterruptedException {
        return view.gather("s", double[].class);
    }

    void remove() throws InterruptedException {
        view.remove("a", "s");
    }
}
