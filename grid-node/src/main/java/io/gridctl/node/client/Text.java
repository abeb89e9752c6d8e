package io.gridctl.node.client;

import io.gridctl.node.client.Calls.Invocation;
import io.gridctl.node.task.CallShape;
import io.gridctl.node.task.TextHeading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

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

    /** What asks these engines for it together. */
    Invocation asking(CallShape shape, List<EngineLink> engines) {
        Set<UUID> asked =
                engines.stream().map(link -> link.engine().member().getUuid()).collect(Collectors.toSet());
        return Invocation.of(shape, source, new TextHeading(name, asked).toArgument());
    }
}
