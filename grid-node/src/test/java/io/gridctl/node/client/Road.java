package io.gridctl.node.client;

import io.gridctl.Grid;

/** How calls on the parts of a name come to their engines. Which one is taken is to change nothing but the time. */
enum Road {
    FRAMES(Long.MAX_VALUE),
    JOBS(0);

    private final long jobsFrom;

    Road(long jobsFrom) {
        this.jobsFrom = jobsFrom;
    }

    /** Has all calls of a grid take it, whatever the size of what they work on. */
    void take(Grid grid) {
        ((RemoteGrid) grid).beginJobsFrom(jobsFrom);
    }

    /** The size tells again. */
    static void leave(Grid grid) {
        ((RemoteGrid) grid).beginJobsFrom(Crossing.LEAST_BYTES);
    }
}
