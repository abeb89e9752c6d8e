package io.gridctl.node.perf;

import io.gridctl.function.RemoteFunction;

/** What the grid is timed with; a class of its own, because it travels. */
final class Echo {
    private Echo() {}

    static RemoteFunction<Integer, Integer> function() {
        return number -> number;
    }
}
