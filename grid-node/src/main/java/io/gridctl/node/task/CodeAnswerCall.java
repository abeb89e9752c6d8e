package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.gridctl.node.task.CodePack.PackedClass;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** Brings an engine the classes or the resources that it asked for, or the word that there are none. */
public final class CodeAnswerCall extends DeskCall {
    private UUID client = new UUID(0, 0);
    private long number;
    private List<PackedClass> classes = List.of();
    private List<byte[]> resources = List.of();
    private String refusal = "";

    CodeAnswerCall() {}

    /**
     * An answer.
     *
     * @param client who answers
     * @param number the question's number
     * @param classes the class that was asked for, and those that it needs; empty if there is none
     * @param resources all resources of the name, in the order of the class path
     * @param refusal why something that is there does not travel, empty if that is not so
     */
    public CodeAnswerCall(UUID client, long number, List<PackedClass> classes, List<byte[]> resources, String refusal) {
        this.client = client;
        this.number = number;
        this.classes = classes;
        this.resources = resources;
        this.refusal = refusal;
    }

    /** {@return who answers} */
    public UUID client() {
        return client;
    }

    /** {@return the question's number} */
    public long number() {
        return number;
    }

    /** {@return classes} */
    public List<PackedClass> classes() {
        return classes;
    }

    /** {@return resources} */
    public List<byte[]> resources() {
        return resources;
    }

    /** {@return why something that is there does not travel, or an empty text} */
    public String refusal() {
        return refusal;
    }

    @Override
    Object at(EngineDesk desk) {
        desk.answered(this);
        return true;
    }

    @Override
    public int getClassId() {
        return WireTypes.CODE_ANSWER;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        Wire.writeUuid(out, client);
        out.writeLong(number);
        Wire.writeList(out, classes, file -> {
            out.writeString(file.name());
            out.writeByteArray(file.bytes());
        });
        Wire.writeList(out, resources, out::writeByteArray);
        out.writeString(refusal);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        client = Wire.readUuid(in);
        number = in.readLong();
        classes = Wire.readList(in, () -> new PackedClass(Wire.readText(in), Wire.readBytes(in)));
        resources = Wire.readList(in, () -> Wire.readBytes(in));
        refusal = Wire.readText(in);
    }
}
