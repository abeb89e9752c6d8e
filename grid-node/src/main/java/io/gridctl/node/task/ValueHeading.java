package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What there is to say of a stored value without its bytes. */
public final class ValueHeading implements Wire.Typed {
    private String typeName = "";
    private String program = "";
    private @Nullable UUID blob;
    private long length;
    private long version;
    private @Nullable Layout layout;

    ValueHeading() {}

    ValueHeading(StoredValue value) {
        typeName = value.typeName();
        program = value.program();
        blob = value.blob();
        length = value.length();
        version = value.version();
        layout = value.layout();
    }

    /** {@return the class of the value} */
    public String typeName() {
        return typeName;
    }

    /** {@return the program that has the class, empty if the value needs none} */
    public String program() {
        return program;
    }

    /** {@return the id of the value's pieces, null if its bytes are in its record} */
    public @Nullable UUID blob() {
        return blob;
    }

    /** {@return how many bytes the value is} */
    public long length() {
        return length;
    }

    /** {@return one higher each time the name was written} */
    public long version() {
        return version;
    }

    /** {@return where the other parts lie, null if it is no part of scattered data} */
    public @Nullable Layout layout() {
        return layout;
    }

    @Override
    public int getClassId() {
        return WireTypes.VALUE_HEADING;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeString(typeName);
        out.writeString(program);
        out.writeBoolean(blob != null);
        if (blob != null) {
            Wire.writeUuid(out, blob);
        }
        out.writeLong(length);
        out.writeLong(version);
        Layout.write(out, layout);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        typeName = Wire.readText(in);
        program = Wire.readText(in);
        blob = in.readBoolean() ? Wire.readUuid(in) : null;
        length = in.readLong();
        version = in.readLong();
        layout = Layout.read(in);
    }
}
