package io.gridctl.node.task;

import com.hazelcast.internal.serialization.Data;
import com.hazelcast.internal.serialization.impl.HeapData;
import com.hazelcast.internal.serialization.impl.SerializationConstants;
import com.hazelcast.map.IMap;
import com.hazelcast.map.impl.proxy.MapProxyImpl;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Pieces as Hazelcast holds them. Made in its own form they are not copied again on their way out, and what this member
 * holds is read where it lies, be it the copy that stands by for another member's: pieces never change.
 *
 * <p>Internal API of Hazelcast's, so its version is pinned.
 */
final class PieceData {
    /** Room for the hash of a key's partition, which is the key's own here. */
    private static final int NO_HASH = 0;

    private static final int HEADING = HeapData.DATA_OFFSET + Integer.BYTES;

    private PieceData() {}

    /** Puts bytes at a buffer's position, up to its limit. */
    interface Filling {
        void fill(ByteBuffer bytes);
    }

    /** What Hazelcast makes of an array of bytes. */
    static Data of(int size, Filling filling) {
        byte[] data = new byte[HEADING + size];
        ByteBuffer buffer = ByteBuffer.wrap(data)
                .putInt(NO_HASH)
                .putInt(SerializationConstants.CONSTANT_TYPE_BYTE_ARRAY)
                .putInt(size);
        filling.fill(buffer.slice());
        return new HeapData(data);
    }

    static CompletionStage<Void> set(IMap<BlobKey, byte[]> pieces, BlobKey key, int size, Filling filling) {
        // A map takes values that are in Hazelcast's form already as they are.
        @SuppressWarnings("unchecked")
        IMap<BlobKey, Object> any = (IMap<BlobKey, Object>) (IMap<?, ?>) pieces;
        return any.setAsync(key, of(size, filling));
    }

    /** Null to come if there is no such piece. */
    static CompletionStage<byte[]> get(IMap<BlobKey, byte[]> pieces, BlobKey key) {
        return pieces instanceof MapProxyImpl<?, ?> map && isHere(map, key)
                ? CompletableFuture.completedFuture(pieces.get(key))
                : pieces.getAsync(key);
    }

    private static boolean isHere(MapProxyImpl<?, ?> map, BlobKey key) {
        var engine = map.getNodeEngine();
        return engine.getPartitionService()
                .getPartition(engine.getPartitionService().getPartitionId(key), false)
                .isOwnerOrBackup(engine.getThisAddress());
    }
}
