package io.gridctl.node.client;

import io.gridctl.node.share.HostMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the processes of this host share at the moment. */
final class SharedFiles {
    private SharedFiles() {}

    static List<Path> of(HostMemory memory) throws IOException {
        Path folder = memory.folder().orElseThrow();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}
