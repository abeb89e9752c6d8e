package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.gridctl.NamedValue;
import java.io.IOException;
import java.util.List;

/** The names of one engine. */
public final class NamesReply implements Wire.Typed {
    private List<NamedValue> names = List.of();

    NamesReply() {}

    NamesReply(List<NamedValue> names) {
        this.names = names;
    }

    /** {@return the names in order} */
    public List<NamedValue> names() {
        return names;
    }

    @Override
    public int getClassId() {
        return WireTypes.NAMES_REPLY;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        Wire.writeList(out, names, value -> {
            out.writeString(value.name());
            out.writeString(value.typeName());
            out.writeLong(value.bytes());
            out.writeLong(value.version());
        });
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        names = Wire.readList(
                in, () -> new NamedValue(Wire.readText(in), Wire.readText(in), in.readLong(), in.readLong()));
    }
}
