package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import io.gridctl.node.share.HostMemory;
import io.gridctl.node.task.MemberMemory;
import io.gridctl.node.task.PendingValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
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

    /** Has a member store what is pending, as if it had been left alone for long. */
    static void store(HazelcastInstance member) throws IOException {
        HostMemory memory = MemberMemory.of(member);
        for (Path file : of(memory)) {
            try {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofMinutes(1))));
            } catch (NoSuchFileException storedMeanwhile) {
                assertThat(file.getFileName().toString()).contains(".");
            }
        }
        PendingValues.of(member).storeDue();
        assertThat(memory.pending(Duration.ZERO)).isEmpty();
    }
}
