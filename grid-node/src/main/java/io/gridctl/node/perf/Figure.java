package io.gridctl.node.perf;

import java.util.OptionalDouble;

/**
 * One measured figure.
 *
 * @param name what was timed
 * @param value the grid's
 * @param unit of both
 * @param raw what it is held against, in the same run: plain Hazelcast's, unless the name's documentation says otherwise;
 *     empty where nothing compares
 */
public record Figure(String name, double value, String unit, OptionalDouble raw) {
    Figure(String name, double value, String unit, double raw) {
        this(name, value, unit, OptionalDouble.of(raw));
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
