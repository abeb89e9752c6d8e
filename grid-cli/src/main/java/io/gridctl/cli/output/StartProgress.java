package io.gridctl.cli.output;

import io.gridctl.node.cluster.GridState;
import io.gridctl.node.cluster.GridState.EngineProcess;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;

/**
 * Shows engines coming up: a line that is redrawn on a terminal, one plain line elsewhere. It only ever writes, so that
 * it never stops a process in the background; a library that asks the terminal for its settings would.
 */
public final class StartProgress implements AutoCloseable {
    private static final int WIDTH = 24;

    private final PrintWriter err;
    private final int engines;
    private final boolean terminal;
    private final Map<Integer, String> troubles = new HashMap<>();
    private int shown = -1;

    /**
     * Begins.
     *
     * @param err where to
     * @param engines how many engines are to come up
     */
    public StartProgress(PrintWriter err, int engines) {
        this(err, engines, Boolean.getBoolean("gridctl.terminal"));
    }

    StartProgress(PrintWriter err, int engines, boolean terminal) {
        this.err = err;
        this.engines = engines;
        this.terminal = terminal;
        draw(0);
    }

    /**
     * Shows how far it is.
     *
     * @param state what the anchor says
     */
    public void show(GridState state) {
        draw(state.readyEngines());
    }

    private void draw(int ready) {
        if (ready == shown) {
            return;
        }
        if (terminal) {
            int filled = WIDTH * ready / engines;
            err.print("\r[" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "] " + ready + " of " + engines
                    + " engines ready");
        } else if (shown < 0) {
            err.println("starting " + engines + (engines == 1 ? " engine" : " engines"));
        }
        shown = ready;
        err.flush();
    }

    /**
     * Tells of engines that are in trouble, once for each trouble.
     *
     * @param state what the anchor says
     */
    public void showTroubles(GridState state) {
        for (EngineProcess engine : state.engines()) {
            if (!engine.message().equals(troubles.getOrDefault(engine.id(), ""))) {
                troubles.put(engine.id(), engine.message());
                err.println(
                        engine.message().isEmpty()
                                ? "engine " + engine.id() + " is ready again"
                                : "engine " + engine.id() + ": " + engine.message());
                err.flush();
            }
        }
    }

    /** Wipes the line. */
    @Override
    public void close() {
        if (terminal) {
            err.print("\r" + " ".repeat(WIDTH + 40) + "\r");
            err.flush();
        }
    }
}
