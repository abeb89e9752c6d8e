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
    private int ended;

    SharedWrite(IMap<BlobKey, byte[]> pieces, UUID blob, SharedValue shared, LargeValues.Source source) {
        this.pieces = pieces;
        this.blob = blob;
        this.shared = shared;
        this.source = source;
    }

    /** Begins to store pieces that lie together; gives how many of them are. */
    CompletionStage<Integer> begin(int group) {
        int first = group * BlobKey.TOGETHER;
        for (int piece = first; piece < first + LargeValues.together(source.length(), first); piece++) {
            long from = (long) piece * LargeValues.PIECE;
            if (!shared.fill(piece, into -> source.fill(from, into))) {
                return CompletableFuture.completedFuture(0);
            }
        }
        return PieceData.inAnyForm(pieces).submitToKey(new BlobKey(blob, first), new StorePieces(source.length()));
    }

    /** The same for those that come next, after their beginning has come to its end. */
    void end(int stored) {
        int first = ended++ * BlobKey.TOGETHER;
        for (int piece = first + stored; piece < first + LargeValues.together(source.length(), first); piece++) {
            LargeValues.send(pieces, blob, piece, source).toCompletableFuture().join();
        }
    }
}
