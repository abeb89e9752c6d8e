package io.gridctl.node.client;

import io.gridctl.node.pipeline.PipelineReport;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Removes what the stages of a failed pipeline have stored. Safe for several threads. */
final class PipelinePieces {
    private final Store store;
    private final Set<UUID> released = ConcurrentHashMap.newKeySet();

    /** Gives up references to large values, as {@link io.gridctl.node.task.LargeValues#release} does. */
    interface Store {
        void release(UUID blob, long length, int references);
    }

    PipelinePieces(Store store) {
        this.store = store;
    }

    /**
     * Removes what a stage has reported to have stored. One that was still storing may go on to store all of it, as it
     * hears late that its job has failed; so only its last word is its last. Does not wait.
     */
    void release(PipelineReport report) {
        UUID blob = report.blob();
        if (blob != null && (!report.isLast() || released.add(blob))) {
            store.release(blob, report.length(), 1);
        }
    }
}
