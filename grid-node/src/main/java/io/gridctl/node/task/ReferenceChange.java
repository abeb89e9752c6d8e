package io.gridctl.node.task;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds to the count of the names that refer to a large value, and gives the new count; the entry goes with the last. */
public final class ReferenceChange implements EntryProcessor<BlobKey, byte @Nullable [], Integer>, Wire.Typed {
    private int change;

    ReferenceChange() {}

    /**
     * A change.
     *
     * @param change how many more, or fewer if negative
     */
    public ReferenceChange(int change) {
        this.change = change;
    }

    @Override
    public Integer process(Map.Entry<BlobKey, byte @Nullable []> entry) {
        byte[] present = entry.getValue();
        int count = (present == null ? 0 : ByteBuffer.wrap(present).getInt()) + change;
        entry.setValue(count <= 0 ? null : ByteBuffer.allocate(4).putInt(count).array());
        return count;
    }

    @Override
    public int getClassId() {
        return WireTypes.REFERENCE_CHANGE;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeInt(change);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        change = in.readInt();
    }
}
