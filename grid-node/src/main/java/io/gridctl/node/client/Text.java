package io.gridctl.node.client;

import io.gridctl.node.client.Calls.Invocation;
import io.gridctl.node.task.CallShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Code given as text, and what it is called in messages and stacks. */
record Text(String name, String source) {
    static Text of(String source) {
        return new Text("text", Objects.requireNonNull(source, "text"));
    }

    static Text of(Path file) {
        try {
            return new Text(String.valueOf(Objects.requireNonNull(file, "file").getFileName()), Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("the text cannot be read: " + e, e);
        }
    }

    Invocation asking(CallShape shape) {
        return Invocation.of(shape, source, name);
    }
}
