package io.gridctl.node.task;

import io.gridctl.node.share.SharedValue;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One engine's reading of a large value that others of its host read too. What one of them holds or has fetched, the
 * others find in the memory that they share; what is not there is fetched, so that nobody waits for anybody. For one
 * thread.
 */
final class SharedRead {
    private static final Object SHARED = new Object();

    private final LargeValues values;
    private final UUID blob;
    private final long length;
    private final SharedValue shared;
    private final LargeValues.Sink sink;
    private int next;

    SharedRead(LargeValues values, UUID blob, long length, SharedValue shared, LargeValues.Sink sink) {
        this.values = values;
        this.blob = blob;
        this.length = length;
        this.shared = shared;
        this.sink = sink;
    }

    /** Shares what lies at this member. The more of it is there when others look, the less they fetch. */
    void offer(int count) {
        for (int piece = 0; piece < count; piece++) {
            ByteBuffer held = values.held(blob, piece);
            if (held != null) {
                shared.write(piece, held);
            }
        }
    }

    /** Begins to fetch a piece, unless it is at hand. */
    CompletionStage<? extends @Nullable Object> begin(int piece) {
        ByteBuffer held = values.held(blob, piece);
        if (held != null) {
            return CompletableFuture.completedFuture(held);
        }
        return shared.has(piece) ? CompletableFuture.completedFuture(SHARED) : fetch(piece);
    }

    private CompletionStage<? extends @Nullable Object> fetch(int piece) {
        return values.begin(blob, piece);
    }

    /** Takes the next piece, as its beginning found it. */
    void end(@Nullable Object found) {
        int piece = next++;
        sink.take(found instanceof ByteBuffer held ? held : bytes(piece, found));
    }

    private ByteBuffer bytes(int piece, @Nullable Object found) {
        ByteBuffer there = found == SHARED ? shared.read(piece) : null;
        if (there != null) {
            return there;
        }
        Object fetched = found == SHARED ? fetch(piece).toCompletableFuture().join() : found;
        ByteBuffer bytes = values.bytes(blob, length, piece, fetched);
        shared.write(piece, bytes);
        return bytes;
    }
}
