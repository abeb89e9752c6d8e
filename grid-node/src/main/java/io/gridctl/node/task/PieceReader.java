package io.gridctl.node.task;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads a large value piece by piece, some pieces ahead. For one thread. */
public final class PieceReader extends InputStream {
    private final LargeValues values;
    private final UUID blob;
    private final long length;
    private final int count;
    private final Queue<CompletionStage<? extends @Nullable Object>> underWay = new ArrayDeque<>();
    private ByteBuffer piece = ByteBuffer.allocate(0);
    private int asked;
    private int taken;

    PieceReader(LargeValues values, UUID blob, long length) {
        this.values = values;
        this.blob = blob;
        this.length = length;
        count = LargeValues.count(length);
    }

    /** False at the end. */
    private boolean fill() {
        if (piece.hasRemaining()) {
            return true;
        }
        while (asked < count && underWay.size() < PieceMover.UNDER_WAY) {
            underWay.add(values.begin(blob, asked++));
        }
        CompletionStage<? extends @Nullable Object> next = underWay.poll();
        if (next == null) {
            return false;
        }
        piece = values.bytes(blob, length, taken++, next.toCompletableFuture().join());
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
        int read = Math.min(length, piece.remaining());
        piece.get(into, from, read);
        return read;
    }
}
