package io.gridctl.node.task;

import com.hazelcast.map.IMap;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * Writes a large value piece by piece as its bytes come, some pieces under way at once. It is written for one name to
 * refer to. For one thread.
 */
public final class PieceWriter {
    private final IMap<BlobKey, byte[]> pieces;
    private final LargeValues values;
    private final UUID blob = UUID.randomUUID();
    private final Queue<CompletionStage<Void>> underWay = new ArrayDeque<>();
    private final byte[] piece = new byte[LargeValues.PIECE];
    private int filled;
    private int written;
    private boolean begun;

    PieceWriter(IMap<BlobKey, byte[]> pieces, LargeValues values) {
        this.pieces = pieces;
        this.values = values;
    }

    /** {@return the value's id} */
    public UUID blob() {
        return blob;
    }

    /** {@return how many bytes were taken} */
    public long length() {
        return (long) written * LargeValues.PIECE + filled;
    }

    /**
     * Takes bytes; blocks while too many are under way.
     *
     * @param bytes what comes next
     */
    public void write(byte[] bytes) {
        for (int from = 0; from < bytes.length; ) {
            int count = Math.min(bytes.length - from, piece.length - filled);
            System.arraycopy(bytes, from, piece, filled, count);
            filled += count;
            from += count;
            if (filled == piece.length) {
                send();
                written++;
                filled = 0;
            }
        }
    }

    private void send() {
        if (!begun) {
            pieces.executeOnKey(new BlobKey(blob, BlobKey.REFERENCES), new ReferenceChange(1));
            begun = true;
        }
        if (underWay.size() == PieceMover.UNDER_WAY) {
            underWay.remove().toCompletableFuture().join();
        }
        underWay.add(PieceData.set(pieces, new BlobKey(blob, written), filled, into -> into.put(piece, 0, filled)));
    }

    /**
     * Writes what is left; blocks until all of it is stored.
     *
     * @return how many bytes the value has
     */
    public long finish() {
        if (filled > 0 || written == 0) {
            send();
        }
        underWay.forEach(stage -> stage.toCompletableFuture().join());
        return length();
    }

    /** Removes what was written. Waits for what is under way, not for the removal. */
    public void abandon() {
        for (CompletionStage<Void> stage : underWay) {
            // Whether it failed or not, it does not come later than the removal.
            stage.handle((done, trouble) -> true).toCompletableFuture().join();
        }
        if (begun) {
            values.release(blob, length(), 1);
        }
    }
}
