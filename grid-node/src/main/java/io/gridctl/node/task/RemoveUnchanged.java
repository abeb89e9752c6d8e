package io.gridctl.node.task;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Removes an entry that still begins as it did, and says whether it did. */
public final class RemoveUnchanged implements EntryProcessor<String, byte @Nullable [], Boolean>, Wire.Typed {
    private byte[] beginning = {};

    RemoveUnchanged() {}

    /**
     * A removal.
     *
     * @param beginning the first bytes of the entry to remove
     */
    public RemoveUnchanged(byte[] beginning) {
        this.beginning = beginning;
    }

    @Override
    public Boolean process(Map.Entry<String, byte @Nullable []> entry) {
        byte[] present = entry.getValue();
        if (present == null
                || present.length < beginning.length
                || !Arrays.equals(beginning, 0, beginning.length, present, 0, beginning.length)) {
            return false;
        }
        entry.setValue(null);
        return true;
    }

    @Override
    public int getClassId() {
        return WireTypes.REMOVE_UNCHANGED;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeByteArray(beginning);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        beginning = Wire.readBytes(in);
    }
}
