package io.gridctl.node.task;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Removes those pieces of a large value that lie together, and their copies; it is sent to the first of them. */
final class RemovePieces
        implements EntryProcessor<BlobKey, @Nullable Object, Boolean>, HazelcastInstanceAware, Wire.Typed {
    private long length;
    private boolean standsBy;
    private @Nullable HazelcastInstance hazelcast;

    RemovePieces() {}

    private RemovePieces(long length, boolean standsBy) {
        this.length = length;
        this.standsBy = standsBy;
    }

    /**
     * Removes pieces.
     *
     * @param length the whole value's
     */
    RemovePieces(long length) {
        this(length, false);
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance instance) {
        hazelcast = instance;
    }

    @Override
    public Boolean process(Map.Entry<BlobKey, @Nullable Object> entry) {
        if (hazelcast == null) {
            throw new IllegalStateException("runs on members only");
        }
        BlobKey first = entry.getKey();
        Neighbours neighbours = new Neighbours(hazelcast, first, standsBy);
        for (int next = 0; next < LargeValues.together(length, first.piece()); next++) {
            // The first one too: to change the entry would decode what it holds.
            neighbours.remove(new BlobKey(first.blob(), first.piece() + next));
        }
        return true;
    }

    @Override
    public EntryProcessor<BlobKey, @Nullable Object, Boolean> getBackupProcessor() {
        return new RemovePieces(length, true);
    }

    @Override
    public int getClassId() {
        return WireTypes.REMOVE_PIECES;
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
