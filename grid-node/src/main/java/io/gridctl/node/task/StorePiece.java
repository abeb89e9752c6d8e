package io.gridctl.node.task;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.internal.serialization.Data;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.gridctl.node.share.HostMemory;
import io.gridctl.node.share.SharedValue;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stores a piece of a large value that lies in the memory of the member's host, both where it belongs and where the copy
 * that stands by does: nothing but this crosses. Gives whether the piece was there. One that holds the copy and does not
 * find it fails, for Hazelcast to know that its copy is not what it should be.
 */
final class StorePiece implements EntryProcessor<BlobKey, Object, Boolean>, HazelcastInstanceAware, Wire.Typed {
    private long length;
    private boolean standsBy;
    private boolean stored;
    private @Nullable HazelcastInstance hazelcast;

    StorePiece() {}

    private StorePiece(long length, boolean standsBy) {
        this.length = length;
        this.standsBy = standsBy;
    }

    /**
     * Stores a piece.
     *
     * @param length the whole value's
     */
    StorePiece(long length) {
        this(length, false);
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance instance) {
        hazelcast = instance;
    }

    @Override
    public Boolean process(Map.Entry<BlobKey, Object> entry) {
        Data piece = read(entry.getKey());
        stored = piece != null;
        if (piece != null) {
            // In Hazelcast's own form it is not copied again.
            entry.setValue(piece);
        } else if (standsBy) {
            throw new IllegalStateException("piece " + entry.getKey().piece() + " of large value "
                    + entry.getKey().blob() + " is not in this host's memory any more; its copy is made anew");
        }
        return stored;
    }

    private @Nullable Data read(BlobKey key) {
        if (hazelcast == null) {
            throw new IllegalStateException("runs on members only");
        }
        HostMemory memory = MemberMemory.of(hazelcast);
        Optional<SharedValue> found = memory.find(key.blob(), length, LargeValues.PIECE);
        if (found.isEmpty()) {
            return null;
        }
        try (SharedValue shared = found.get()) {
            boolean[] there = new boolean[1];
            Data piece = PieceData.of(
                    LargeValues.size(length, key.piece()), into -> there[0] = shared.read(key.piece(), into));
            return there[0] ? piece : null;
        }
    }

    @Override
    public @Nullable EntryProcessor<BlobKey, Object, Boolean> getBackupProcessor() {
        return stored ? new StorePiece(length, true) : null;
    }

    @Override
    public int getClassId() {
        return WireTypes.STORE_PIECE;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(length);
        out.writeBoolean(standsBy);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        length = in.readLong();
        standsBy = in.readBoolean();
    }
}
