package io.gridctl.node.client;

import com.hazelcast.map.IMap;
import io.gridctl.node.pipeline.PipelineReport;
import io.gridctl.node.task.GridMaps;
import io.gridctl.node.task.GridObjects;
import io.gridctl.node.task.PushCall.NamedBytes;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Large values that lie in the grid and have no name yet, because their engine is told of one change after the other: with
 * a report of them they are not swept away as nobody's, as long as this client is there.
 */
final class WaitingValues {
    /** Most are named by then, and values are swept away much later. */
    private static final long REPORT_MILLIS = 1_000;

    private final ClientCore core;

    WaitingValues(ClientCore core) {
        this.core = core;
    }

    /**
     * Keeps values until their engine has been told of them. Does not wait.
     *
     * @param named values that have been stored
     * @param told ends when they have a name, or will not get one
     */
    void keep(int engineId, List<NamedBytes> named, CompletableFuture<?> told) {
        for (NamedBytes value : named) {
            UUID blob = value.value().blob();
            if (blob != null) {
                core.later(() -> report(engineId, blob, value.value().length(), told), REPORT_MILLIS);
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What stays goes with this client.
    private void report(int engineId, UUID blob, long length, CompletableFuture<?> told) {
        if (told.isDone()) {
            return;
        }
        IMap<String, PipelineReport> reports = GridMaps.get(core.hazelcast(), GridObjects.PIPELINE);
        String key = PipelineReport.key(blob, engineId, "PUSH");
        reports.setAsync(key, PipelineReport.storing(blob, length).forClient(core.clientId()))
                .whenComplete((stored, trouble) -> told.whenComplete((done, failure) -> reports.deleteAsync(key)));
    }
}
