package io.gridctl.node.pipeline;

import io.gridctl.node.payload.Slices;
import io.gridctl.node.payload.Slices.Slice;
import io.gridctl.node.task.PieceWriter;

/** Stores slices in pieces, for a name to refer to when all parts are there. */
final class StoreSink implements SinkStage.SliceSink {
    private final PieceWriter pieces;
    private final Reporter reporter;
    private long items;
    private boolean told;

    StoreSink(PieceWriter pieces, Reporter reporter) {
        this.pieces = pieces;
        this.reporter = reporter;
        pieces.write(Slices.beginning());
    }

    /** Pieces that nobody tells of are swept away, if the next ones are long in coming. */
    @Override
    public void take(Slice slice) {
        PipelineReport storing = PipelineReport.storing(pieces.blob(), pieces.length());
        if (told) {
            reporter.progress(storing);
        } else {
            reporter.tell(storing);
            told = true;
        }
        pieces.write(Slices.heading(slice));
        pieces.write(slice.payload());
        items += slice.items();
    }

    @Override
    public PipelineReport finish() {
        long length = pieces.finish();
        return PipelineReport.stored(items, pieces.blob(), length);
    }

    @Override
    public void abandon() {
        pieces.abandon();
    }
}
