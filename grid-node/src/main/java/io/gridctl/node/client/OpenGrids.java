package io.gridctl.node.client;

import io.gridctl.Grid;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The grids that this process has opened and not closed. Any thread may use it. */
public final class OpenGrids {
    private static final Logger log = LoggerFactory.getLogger(OpenGrids.class);

    /** Weak: whoever forgets to close a grid has forgotten its calls as well. */
    private static final Set<Grid> OPEN = Collections.newSetFromMap(new WeakHashMap<>());

    private OpenGrids() {}

    static void opened(Grid grid) {
        synchronized (OPEN) {
            OPEN.add(grid);
        }
    }

    static void closed(Grid grid) {
        synchronized (OPEN) {
            OPEN.remove(grid);
        }
    }

    /**
     * Cancels the calls of all of them, as {@link Grid#cancelCalls} does for one.
     *
     * @return how many calls were cancelled
     */
    public static int cancelCalls() {
        Grid[] open;
        synchronized (OPEN) {
            open = OPEN.toArray(new Grid[0]);
        }
        int cancelled = 0;
        for (Grid grid : open) {
            try {
                cancelled += grid.cancelCalls();
            } catch (RuntimeException closing) {
                log.debug("the calls of {} cannot be cancelled", grid, closing);
            }
        }
        return cancelled;
    }
}
