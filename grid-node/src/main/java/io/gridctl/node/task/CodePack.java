package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Which program a message belongs to, and those of its classes that the engine lacks.
 *
 * @param program the program's id
 * @param first the index, in the program's list of classes, of the first one in this pack
 * @param classes the classes, usually none
 */
public record CodePack(String program, int first, List<PackedClass> classes) {
    /**
     * One class.
     *
     * @param name its binary name
     * @param bytes its class file
     */
    public record PackedClass(String name, byte[] bytes) {}

    void write(ObjectDataOutput out) throws IOException {
        out.writeString(program);
        out.writeInt(first);
        Wire.writeList(out, classes, file -> {
            out.writeString(file.name());
            out.writeByteArray(file.bytes());
        });
    }

    static CodePack read(ObjectDataInput in) throws IOException {
        return new CodePack(
                Wire.readText(in),
                in.readInt(),
                Wire.readList(in, () -> new PackedClass(Wire.readText(in), Wire.readBytes(in))));
    }
}
