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

    /** How many tasks of one depth may wait for the grid at once. */
    public static final int MOST_LENT = Slots.MOST_LENT;

    /** Threads of the slots, spare ones included. */
    public static int slotThreads(EngineDesk desk) {
        return ((EngineCore) desk).slotThreads();
    }

    /** Tasks that could go on if others did not run in their place. */
    public static int returning(EngineDesk desk) {
        return ((EngineCore) desk).returning();
    }

    /** As if all large functions had made room for others. */
    public static void forgetFunctions(EngineDesk desk) {
        ((EngineCore) desk).forgetFunctions();
    }

    /** Programs that are loaded. */
    public static int programs(EngineDesk desk) {
        return ((EngineCore) desk).programs();
    }
}
