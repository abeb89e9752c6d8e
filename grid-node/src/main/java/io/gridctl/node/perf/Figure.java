package io.gridctl.node.perf;

/**
 * One measured figure.
 *
 * @param name what was timed
 * @param value the grid's
 * @param unit of both
 * @param raw plain Hazelcast's, in the same run
 */
public record Figure(String name, double value, String unit, double raw) {
    /**
     * How the grid compares.
     *
     * @return value over raw
     */
    public double ratio() {
        return value / raw;
    }
}
