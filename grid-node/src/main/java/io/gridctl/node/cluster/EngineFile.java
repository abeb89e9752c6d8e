package io.gridctl.node.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an engine writes of itself, once when it begins and once when it is ready.
 *
 * @param process its process
 * @param ready whether it takes work
 */
record EngineFile(ProcessId process, boolean ready) {
    void write(Path file) throws IOException {
        ObjectNode json = JsonFiles.object();
        process.into(json);
        JsonFiles.write(file, json.put("ready", ready));
    }

    static Optional<EngineFile> read(Path file) {
        try {
            ObjectNode json = JsonFiles.read(file);
            return ProcessId.from(json)
                    .map(process -> new EngineFile(process, json.path("ready").booleanValue()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
