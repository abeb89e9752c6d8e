package io.gridctl.node.task;

import com.hazelcast.internal.serialization.Data;
import com.hazelcast.internal.serialization.impl.HeapData;
import com.hazelcast.internal.serialization.impl.SerializationConstants;
import com.hazelcast.map.IMap;
import com.hazelcast.map.impl.MapService;
import com.hazelcast.map.impl.operation.MapOperation;
import com.hazelcast.map.impl.proxy.MapProxyImpl;
import com.hazelcast.map.impl.recordstore.RecordStore;
import com.hazelcast.spi.impl.NodeEngine;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

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
        return inAnyForm(pieces).setAsync(key, of(size, filling));
    }

    /** A map takes values that are in Hazelcast's form already as they are. */
    @SuppressWarnings("unchecked")
    static IMap<BlobKey, Object> inAnyForm(IMap<BlobKey, byte[]> pieces) {
        return (IMap<BlobKey, Object>) (IMap<?, ?>) pieces;
    }

    /** A piece as it comes, for {@link #bytes}; whoever waits for it turns it into bytes, rather than who brings it. */
    static CompletionStage<? extends @Nullable Object> get(IMap<BlobKey, byte[]> pieces, BlobKey key) {
        if (!(pieces instanceof MapProxyImpl<?, ?> map)) {
            return pieces.getAsync(key);
        }
        NodeEngine engine = map.getNodeEngine();
        Data keyData = engine.toData(key);
        int partitionId = engine.getPartitionService().getPartitionId(keyData);
        Data held = held(map, engine, partitionId, keyData);
        if (held != null) {
            return CompletableFuture.completedFuture(held);
        }
        MapOperation read = map.getOperationProvider().createGetOperation(map.getName(), keyData);
        return engine.getOperationService()
                .createInvocationBuilder(MapService.SERVICE_NAME, read, partitionId)
                .setResultDeserialized(false)
                .invoke();
    }

    /** The bytes of a piece that this member holds, be it for another member; null if it does not. */
    static @Nullable ByteBuffer held(IMap<BlobKey, byte[]> pieces, BlobKey key) {
        if (!(pieces instanceof MapProxyImpl<?, ?> map)) {
            return null;
        }
        NodeEngine engine = map.getNodeEngine();
        Data keyData = engine.toData(key);
        return bytes(held(map, engine, engine.getPartitionService().getPartitionId(keyData), keyData));
    }

    private static @Nullable Data held(MapProxyImpl<?, ?> map, NodeEngine engine, int partitionId, Data key) {
        if (!engine.getPartitionService().getPartition(partitionId, false).isOwnerOrBackup(engine.getThisAddress())) {
            return null;
        }
        RecordStore<?> store = map.getService()
                .getMapServiceContext()
                .getPartitionContainer(partitionId)
                .getExistingRecordStore(map.getName());
        return store == null ? null : store.readBackupData(key);
    }

    /** The bytes of a piece that has come, which nobody may change; null if there is no such piece. */
    static @Nullable ByteBuffer bytes(@Nullable Object piece) {
        if (piece instanceof Data data) {
            return ByteBuffer.wrap(data.toByteArray(), HEADING, data.totalSize() - HEADING);
        }
        return piece == null ? null : ByteBuffer.wrap((byte[]) piece);
    }
}
