package io.gridctl.node.task;

import com.hazelcast.map.IMap;
import io.gridctl.node.share.SharedValue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The writing of a large value into memory that all members of the grid share: each piece is written there once, and
 * those who hold it are told. What one of them does not find is sent. For one thread.
 */
final class SharedWrite {
    private final IMap<BlobKey, byte[]> pieces;
    private final UUID blob;
    private final SharedValue shared;
    private final LargeValues.Source source;
    private int next;

    SharedWrite(IMap<BlobKey, byte[]> pieces, UUID blob, SharedValue shared, LargeValues.Source source) {
        this.pieces = pieces;
        this.blob = blob;
        this.shared = shared;
        this.source = source;
    }

    /** Begins to store a piece; gives whether it is. */
    CompletionStage<Boolean> begin(int piece) {
        if (!shared.fill(piece, into -> source.fill((long) piece * LargeValues.PIECE, into))) {
            return CompletableFuture.completedFuture(false);
        }
        return PieceData.inAnyForm(pieces).submitToKey(new BlobKey(blob, piece), new StorePiece(source.length()));
    }

    /** The same for the next piece, after its beginning has come to its end. */
    void end(boolean stored) {
        int piece = next++;
        if (!stored) {
            LargeValues.send(pieces, blob, piece, source).toCompletableFuture().join();
        }
    }
}
