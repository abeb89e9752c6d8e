package io.gridctl.node.task;

import com.hazelcast.map.IMap;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads a large value piece by piece, some pieces ahead. For one thread. */
public final class PieceReader extends InputStream {
    private final IMap<BlobKey, byte[]> pieces;
    private final UUID blob;
    private final long count;
    private final Queue<CompletionStage<? extends @Nullable Object>> underWay = new ArrayDeque<>();
    private ByteBuffer piece = ByteBuffer.allocate(0);
    private int asked;

    PieceReader(IMap<BlobKey, byte[]> pieces, UUID blob, long length) {
        this.pieces = pieces;
        this.blob = blob;
        count = (length + LargeValues.PIECE - 1) / LargeValues.PIECE;
    }

    /** False at the end. */
    private boolean fill() {
        if (piece.hasRemaining()) {
            return true;
        }
        while (asked < count && underWay.size() < LargeValues.UNDER_WAY) {
            underWay.add(PieceData.get(pieces, new BlobKey(blob, asked++)));
        }
        CompletionStage<? extends @Nullable Object> next = underWay.poll();
        if (next == null) {
            return false;
        }
        ByteBuffer bytes = PieceData.bytes(next.toCompletableFuture().join());
        if (bytes == null) {
            throw new LargeValues.ReplacedException();
        }
        piece = bytes;
        return true;
    }

    @Override
    public int read() {
        return fill() ? piece.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int taken = Math.min(length, piece.remaining());
        piece.get(into, from, taken);
        return taken;
    }
}
