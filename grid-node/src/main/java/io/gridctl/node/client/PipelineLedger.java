package io.gridctl.node.client;

import com.hazelcast.map.IMap;
import io.gridctl.Progress;
import io.gridctl.node.pipeline.PipelineOrder;
import io.gridctl.node.pipeline.PipelineOrder.Share;
import io.gridctl.node.pipeline.PipelineReport;
import io.gridctl.node.task.GridMaps;
import io.gridctl.node.task.GridObjects;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the stages of one order report to this client, from the first word to the removal of all of them. */
final class PipelineLedger {
    private static final Logger log = LoggerFactory.getLogger(PipelineLedger.class);
    private static final long FORGET_MILLIS = 1_000;
    private static final long FORGET_MOST_MILLIS = 60_000;

    /** What a unit of progress is where bytes are counted: about a slice. */
    private static final long UNIT = 1 << 20;

    private final ClientCore core;
    private final PipelineOrder order;
    private final IMap<String, PipelineReport> reports;
    private final PipelinePieces pieces;

    PipelineLedger(ClientCore core, PipelineOrder order) {
        this.core = core;
        this.order = order;
        reports = GridMaps.get(core.hazelcast(), GridObjects.PIPELINE);
        pieces = new PipelinePieces(core.largeValues()::release);
    }

    /** What each engine's stages said last. Blocks. */
    Map<Integer, List<PipelineReport>> read() {
        Set<String> keys = new HashSet<>();
        order.shares().forEach(share -> keys.addAll(order.reports(share)));
        Map<String, PipelineReport> all = reports.getAll(keys);
        Map<Integer, List<PipelineReport>> byEngine = new LinkedHashMap<>();
        for (Share share : order.shares()) {
            byEngine.put(
                    share.engineId(),
                    order.reports(share).stream()
                            .map(all::get)
                            .filter(Objects::nonNull)
                            .toList());
        }
        return byEngine;
    }

    static Progress progress(Map<Integer, List<PipelineReport>> byEngine) {
        long done = 0;
        long total = 0;
        for (List<PipelineReport> told : byEngine.values()) {
            for (PipelineReport report : told) {
                done += units(report.done());
                total += units(report.total());
            }
        }
        return new Progress((int) done, (int) total);
    }

    private static long units(long count) {
        return count < UNIT ? count == 0 ? 0 : 1 : count / UNIT;
    }

    /** Removes what was stored for a name that it does not get. */
    void release(PipelineReport report) {
        pieces.release(report);
    }

    /**
     * Removes the reports, which keep what was stored from being swept away before it has a name. Not before the job has
     * ended, nor before what its last stages have said has arrived. Does not wait.
     *
     * @param failed whether what was stored gets no name
     */
    void forget(boolean failed) {
        forgetAfter(failed, FORGET_MILLIS);
    }

    /** The same where all stages are known to have said their last. */
    void forgetAtOnce() {
        order.shares().forEach(share -> order.reports(share).forEach(reports::deleteAsync));
    }

    /** Again and again for two minutes: a stage that was slow to end reports late. */
    private void forgetAfter(boolean failed, long millis) {
        core.later(() -> core.workers().execute(() -> forgetNow(failed, millis)), millis);
    }

    private void forgetNow(boolean failed, long millis) {
        try {
            if (failed) {
                read().values().forEach(told -> told.forEach(this::release));
            }
            forgetAtOnce();
        } catch (RuntimeException closing) {
            log.debug("pipeline {}: its reports stay until this client has left", order.id(), closing);
        }
        if (millis < FORGET_MOST_MILLIS) {
            forgetAfter(failed, 2 * millis);
        }
    }
}
