package io.gridctl.node.engine;

import io.gridctl.node.task.EngineDesk;

/** Looks into engines for tests of other packages. */
public final class EngineInspection {
    private EngineInspection() {}

    /** Frames, running tasks and undelivered outcomes. */
    public static int held(EngineDesk desk) {
        return ((EngineCore) desk).held();
    }

    /** Clients that something is held for. */
    public static int clients(EngineDesk desk) {
        return ((EngineCore) desk).clients();
    }

    /** Programs that are loaded. */
    public static int programs(EngineDesk desk) {
        return ((EngineCore) desk).programs();
    }
}
