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
 * Stores those pieces of a large value that lie together, from the memory of the member's host, both where they belong
 * and where the copy that stands by does: nothing but this crosses. It is sent to the first of them, and gives how many
 * are stored, up to the first that is not there. Who holds the copy and does not find as many fails, for Hazelcast to
 * know that its copy is not what it should be.
 */
final class StorePieces implements EntryProcessor<BlobKey, Object, Integer>, HazelcastInstanceAware, Wire.Typed {
    private static final int ALL = -1;

    private long length;
    /** What the copy must have; where the pieces belong as many as are there. */
    private int demanded;

    private int stored;
    private @Nullable HazelcastInstance hazelcast;

    StorePieces() {}

    private StorePieces(long length, int demanded) {
        this.length = length;
        this.demanded = demanded;
    }

    /**
     * Stores pieces.
     *
     * @param length the whole value's
     */
    StorePieces(long length) {
        this(length, ALL);
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance instance) {
        hazelcast = instance;
    }

    @Override
    public Integer process(Map.Entry<BlobKey, Object> entry) {
        if (hazelcast == null) {
            throw new IllegalStateException("runs on members only");
        }
        BlobKey first = entry.getKey();
        boolean standsBy = demanded != ALL;
        int count = standsBy ? demanded : LargeValues.together(length, first.piece());
        stored = 0;
        HostMemory memory = MemberMemory.of(hazelcast);
        Optional<SharedValue> found = memory.find(first.blob(), length, LargeValues.PIECE);
        if (found.isPresent()) {
            try (SharedValue shared = found.get()) {
                store(shared, entry, count, new Neighbours(hazelcast, first, standsBy));
            }
        }
        if (standsBy && stored < demanded) {
            throw new IllegalStateException("piece " + (first.piece() + stored) + " of large value " + first.blob()
                    + " is not in this host's memory any more; its copy is made anew");
        }
        return stored;
    }

    private void store(SharedValue shared, Map.Entry<BlobKey, Object> entry, int count, Neighbours neighbours) {
        BlobKey first = entry.getKey();
        Data piece = read(shared, first.piece());
        while (piece != null) {
            // In Hazelcast's own form it is not copied again.
            if (stored == 0) {
                entry.setValue(piece);
            } else {
                neighbours.set(new BlobKey(first.blob(), first.piece() + stored), piece);
            }
            stored++;
            piece = stored < count ? read(shared, first.piece() + stored) : null;
        }
    }

    private @Nullable Data read(SharedValue shared, int piece) {
        boolean[] there = new boolean[1];
        Data content = PieceData.of(LargeValues.size(length, piece), into -> there[0] = shared.read(piece, into));
        return there[0] ? content : null;
    }

    @Override
    public @Nullable EntryProcessor<BlobKey, Object, Integer> getBackupProcessor() {
        return stored > 0 ? new StorePieces(length, stored) : null;
    }

    @Override
    public int getClassId() {
        return WireTypes.STORE_PIECES;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(length);
        out.writeInt(demanded);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        length = in.readLong();
        demanded = in.readInt();
    }
}
