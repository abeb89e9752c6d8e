package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A named value as a distributed map holds it: bytes that belong to no class loader, and what a reader must know. */
public final class StoredValue implements Wire.Typed {
    private int incarnation;
    private long version;
    private String typeName = "";
    private String program = "";
    private byte[] bytes = {};
    private @Nullable UUID blob;
    private long length;
    private int references = 1;
    private @Nullable Layout layout;

    StoredValue() {}

    private StoredValue(String typeName, String program, byte[] bytes, @Nullable UUID blob, long length) {
        this.typeName = typeName;
        this.program = program;
        this.bytes = bytes;
        this.blob = blob;
        this.length = length;
    }

    /**
     * A value whose bytes are in the record.
     *
     * @param typeName its class
     * @param program the program that has the class
     * @param bytes the value
     * @return a record that no engine has written yet
     */
    public static StoredValue of(String typeName, String program, byte[] bytes) {
        return new StoredValue(typeName, program, bytes, null, bytes.length);
    }

    /**
     * A value whose bytes lie in pieces.
     *
     * @param typeName its class
     * @param program the program that has the class
     * @param blob the pieces' id
     * @param length how many bytes they are together
     * @return a record that no engine has written yet
     */
    public static StoredValue of(String typeName, String program, UUID blob, long length) {
        return new StoredValue(typeName, program, new byte[0], blob, length);
    }

    /**
     * A copy that several engines take.
     *
     * @param engines how many
     * @return a record that no engine has written yet
     */
    public StoredValue sharedBy(int engines) {
        StoredValue copy = laidOut(layout);
        copy.references = engines;
        return copy;
    }

    /**
     * A copy that an engine writes.
     *
     * @param newIncarnation the engine's incarnation
     * @param newVersion one higher than the name had
     * @return a copy
     */
    public StoredValue written(int newIncarnation, long newVersion) {
        StoredValue copy = laidOut(layout);
        copy.incarnation = newIncarnation;
        copy.version = newVersion;
        return copy;
    }

    /**
     * A copy that is part of scattered data.
     *
     * @param whole where the parts lie; null if it is no part
     * @return a record that no engine has written yet
     */
    public StoredValue laidOut(@Nullable Layout whole) {
        StoredValue copy = new StoredValue(typeName, program, bytes, blob, length);
        copy.references = references;
        copy.layout = whole;
        return copy;
    }

    /** {@return where the other parts lie, null if it is no part of scattered data} */
    public @Nullable Layout layout() {
        return layout;
    }

    /** {@return which filling of the engine's id wrote it} */
    public int incarnation() {
        return incarnation;
    }

    /** {@return one higher each time the name is written} */
    public long version() {
        return version;
    }

    /** {@return the class of the value} */
    public String typeName() {
        return typeName;
    }

    /** {@return the program that has the class, empty if the value needs none} */
    public String program() {
        return program;
    }

    /** {@return the value, if {@link #blob} is null} */
    public byte[] bytes() {
        return bytes;
    }

    /** {@return the id of the pieces, null if the value is here} */
    public @Nullable UUID blob() {
        return blob;
    }

    /** {@return how many bytes the value is} */
    public long length() {
        return length;
    }

    /** {@return how many engines took it when it was sent} */
    public int references() {
        return references;
    }

    @Override
    public int getClassId() {
        return WireTypes.STORED_VALUE;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeInt(incarnation);
        out.writeLong(version);
        out.writeString(typeName);
        out.writeString(program);
        out.writeByteArray(bytes);
        out.writeBoolean(blob != null);
        if (blob != null) {
            Wire.writeUuid(out, blob);
        }
        out.writeLong(length);
        out.writeInt(references);
        Layout.write(out, layout);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        incarnation = in.readInt();
        version = in.readLong();
        typeName = Wire.readText(in);
        program = Wire.readText(in);
        bytes = Wire.readBytes(in);
        blob = in.readBoolean() ? Wire.readUuid(in) : null;
        length = in.readLong();
        references = in.readInt();
        layout = Layout.read(in);
    }
}
