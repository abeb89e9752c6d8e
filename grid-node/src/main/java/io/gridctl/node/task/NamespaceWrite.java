package io.gridctl.node.task;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes or removes a name where it is stored, unless a later incarnation of the engine has written there: an engine
 * that was taken for dead and replaced cannot overwrite its successor.
 */
public final class NamespaceWrite implements EntryProcessor<String, @Nullable StoredValue, Boolean>, Wire.Typed {
    private @Nullable StoredValue value;
    private int incarnation;

    NamespaceWrite() {}

    /**
     * A write.
     *
     * @param value what to store; null to remove the name
     * @param incarnation the writer's
     */
    public NamespaceWrite(@Nullable StoredValue value, int incarnation) {
        this.value = value;
        this.incarnation = incarnation;
    }

    @Override
    public Boolean process(Map.Entry<String, @Nullable StoredValue> entry) {
        StoredValue present = entry.getValue();
        if (present != null && present.incarnation() > incarnation) {
            return false;
        }
        entry.setValue(value);
        return true;
    }

    @Override
    public int getClassId() {
        return WireTypes.NAMESPACE_WRITE;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeInt(incarnation);
        out.writeBoolean(value != null);
        if (value != null) {
            value.writeData(out);
        }
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        incarnation = in.readInt();
        if (in.readBoolean()) {
            value = new StoredValue();
            value.readData(in);
        }
    }
}
