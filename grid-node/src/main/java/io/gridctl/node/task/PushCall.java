package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** Stores values under names at one engine. */
public final class PushCall extends DeskCall {
    private UUID client = new UUID(0, 0);
    private CodePack code = new CodePack("", 0, List.of());
    private List<NamedBytes> values = List.of();

    /**
     * One name.
     *
     * @param name the name
     * @param value what to store under it
     */
    public record NamedBytes(String name, StoredValue value) {}

    PushCall() {}

    /**
     * A call.
     *
     * @param client who pushes
     * @param code the program, and the classes that the engine lacks
     * @param values names and values
     */
    public PushCall(UUID client, CodePack code, List<NamedBytes> values) {
        this.client = client;
        this.code = code;
        this.values = values;
    }

    /** {@return who pushes} */
    public UUID client() {
        return client;
    }

    /** {@return the program and new classes} */
    public CodePack code() {
        return code;
    }

    /** {@return names and values} */
    public List<NamedBytes> values() {
        return values;
    }

    @Override
    Object at(EngineDesk desk) {
        desk.push(this);
        return true;
    }

    @Override
    public int getClassId() {
        return WireTypes.PUSH;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        Wire.writeUuid(out, client);
        code.write(out);
        Wire.writeList(out, values, named -> {
            out.writeString(named.name());
            named.value().writeData(out);
        });
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        client = Wire.readUuid(in);
        code = CodePack.read(in);
        values = Wire.readList(in, () -> {
            String name = Wire.readText(in);
            StoredValue value = new StoredValue();
            value.readData(in);
            return new NamedBytes(name, value);
        });
    }
}
