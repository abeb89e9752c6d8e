package io.gridctl.node.perf;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One measured figure.
 *
 * @param name what was timed
 * @param value the grid's
 * @param unit of both
 * @param raw what it is held against, in the same run: plain Hazelcast's, unless the name's documentation says otherwise;
 *     empty where nothing compares
 * @param runs where the value is the median of a few long runs: what each of them gave, in their order, the first on a
 *     grid that has done nothing like it before; else empty
 */
public record Figure(String name, double value, String unit, OptionalDouble raw, List<Double> runs) {
    /** Copies the list. */
    public Figure {
        runs = List.copyOf(runs);
    }

    Figure(String name, double value, String unit, OptionalDouble raw) {
        this(name, value, unit, raw, List.of());
    }

    Figure(String name, double value, String unit, double raw) {
        this(name, value, unit, OptionalDouble.of(raw));
    }

    static Figure ofRuns(String name, double[] runs, String unit, double raw) {
        return new Figure(
                name,
                Stopwatch.median(runs),
                unit,
                OptionalDouble.of(raw),
                Arrays.stream(runs).boxed().toList());
    }

    /**
     * How the grid compares.
     *
     * @return value over raw, empty where nothing compares
     */
    public OptionalDouble ratio() {
        return raw.isPresent() ? OptionalDouble.of(value / raw.getAsDouble()) : raw;
    }
}
