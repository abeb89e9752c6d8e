package io.gridctl.node.client;

import java.util.List;
import java.util.concurrent.Executor;

/**
 * What a call needs of its grid.
 *
 * @param idPrefix makes task ids unique in the grid
 * @param codec reads values
 * @param listeners serves user code one call at a time, in order
 * @param canceller reaches the engines
 */
record CallContext(String idPrefix, CodecAccess codec, Executor listeners, Canceller canceller) {
    /** Drops tasks wherever they are. */
    interface Canceller {
        void cancel(List<PendingTask> tasks, boolean interrupt);
    }

    void cancel(List<PendingTask> tasks, boolean interrupt) {
        canceller.cancel(tasks, interrupt);
    }
}
