package io.gridctl.node.client;

import io.gridctl.node.pipeline.PipelineReport;
import io.gridctl.node.task.LargeValues;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Removes what the stages of a failed pipeline have stored. Safe for several threads. */
final class PipelinePieces {
    private final LargeValues values;
    private final Set<UUID> released = ConcurrentHashMap.newKeySet();

    PipelinePieces(LargeValues values) {
        this.values = values;
    }

    /**
     * Removes what a stage has reported to have stored. One that was still storing may go on to store all of it, as it
     * hears late that its job has failed; so only its last word is its last. Does not wait.
     */
    void release(PipelineReport report) {
        UUID blob = report.blob();
        if (blob != null && (!report.isLast() || released.add(blob))) {
            values.release(blob, report.length(), 1);
        }
    }
}
