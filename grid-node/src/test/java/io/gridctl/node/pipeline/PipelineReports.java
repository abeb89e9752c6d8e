package io.gridctl.node.pipeline;

import java.util.UUID;

/** Reports as stages write them. */
public final class PipelineReports {
    private PipelineReports() {}

    public static PipelineReport toNobody() {
        return PipelineReport.progress(1, 2).forClient(UUID.randomUUID());
    }

    public static PipelineReport storing(UUID blob, UUID client) {
        return PipelineReport.storing(blob, 1 << 20).forClient(client);
    }

    public static PipelineReport stored(UUID blob, long length) {
        return PipelineReport.stored(1, blob, length);
    }
}
