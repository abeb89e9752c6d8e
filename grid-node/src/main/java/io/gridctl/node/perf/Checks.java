package io.gridctl.node.perf;

import io.gridctl.GridException;

/** What is measured has to be right as well. */
final class Checks {
    private Checks() {}

    static void equal(long expected, long actual) {
        if (expected != actual) {
            throw new GridException("what came back is not what was sent: " + actual + " rather than " + expected);
        }
    }
}
