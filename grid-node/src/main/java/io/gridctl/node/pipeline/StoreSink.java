package io.gridctl.node.pipeline;

import io.gridctl.node.payload.Slices;
import io.gridctl.node.payload.Slices.Slice;
import io.gridctl.node.task.PieceWriter;

/** Stores slices in pieces, for a name to refer to when all parts are there. */
final class StoreSink implements SinkStage.SliceSink {
    private final PieceWriter pieces;
    private long items;

    StoreSink(PieceWriter pieces) {
        this.pieces = pieces;
        pieces.write(Slices.beginning());
    }

    @Override
    public void take(Slice slice) {
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
