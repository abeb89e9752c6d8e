package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an exception that was thrown on an engine.
 *
 * @param className its class
 * @param message its message
 * @param text it as text
 * @param stack its stack there
 * @param original the exception itself as bytes; empty if it does not travel
 */
public record RemoteFailure(
        String className, @Nullable String message, String text, List<StackTraceElement> stack, byte[] original) {

    void write(ObjectDataOutput out) throws IOException {
        out.writeString(className);
        out.writeString(message);
        out.writeString(text);
        Wire.writeList(out, stack, frame -> {
            out.writeString(frame.getClassName());
            out.writeString(frame.getMethodName());
            out.writeString(frame.getFileName());
            out.writeInt(frame.getLineNumber());
        });
        out.writeByteArray(original);
    }

    static RemoteFailure read(ObjectDataInput in) throws IOException {
        return new RemoteFailure(
                Wire.readText(in),
                in.readString(),
                Wire.readText(in),
                Wire.readList(
                        in,
                        () -> new StackTraceElement(
                                Wire.readText(in), Wire.readText(in), in.readString(), in.readInt())),
                Wire.readBytes(in));
    }
}
