package io.gridctl.node.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an engine writes of itself, once when it begins and once when it is ready.
 *
 * @param process its process
 * @param ready whether it takes work
 */
record EngineFile(ProcessId process, boolean ready) {
    void write(Path file) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        process.into(json);
        json.put("ready", ready);
        JsonFiles.write(file, json);
    }

    static Optional<EngineFile> read(Path file) {
        try {
            JsonFields json = JsonFiles.read(file);
            return ProcessId.from(json).map(process -> new EngineFile(process, json.flag("ready")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
