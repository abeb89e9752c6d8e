package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;

/**
 * What an engine asks a client for. It travels in the answer to the client's parked call, because nobody can call a
 * client.
 *
 * @param number to be given back with the answer
 * @param program the program's id
 * @param resource whether a resource is meant rather than a class
 * @param name a binary class name, or a resource's name
 */
public record CodeQuestion(long number, String program, boolean resource, String name) {
    void write(ObjectDataOutput out) throws IOException {
        out.writeLong(number);
        out.writeString(program);
        out.writeBoolean(resource);
        out.writeString(name);
    }

    static CodeQuestion read(ObjectDataInput in) throws IOException {
        return new CodeQuestion(in.readLong(), Wire.readText(in), in.readBoolean(), Wire.readText(in));
    }
}
