package io.gridctl.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinTurnTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void makeFile() throws IOException {
        file = Files.createFile(folder.resolve("spec.json"));
    }

    @Test
    void oneHasItAtATime() throws Exception {
        JoinTurn first = JoinTurn.await(file);
        assertThat(isFree()).isFalse();
        CompletableFuture<JoinTurn> second = CompletableFuture.supplyAsync(() -> JoinTurn.await(file));

        first.close();

        try (JoinTurn next = second.get(30, TimeUnit.SECONDS)) {
            assertThat(next).isNotNull();
            assertThat(isFree()).isFalse();
        }
        assertThat(isFree()).isTrue();
    }

    @Test
    void whoHasItForTooLongIsNotWaitedFor() throws IOException {
        try (JoinTurn hanging = JoinTurn.await(file)) {
            assertThat(hanging).isNotNull();
            try (JoinTurn late = JoinTurn.await(file, Duration.ofMillis(20))) {
                assertThat(late).isNotNull();
            }
            assertThat(isFree()).isFalse();
        }
        assertThat(isFree()).isTrue();
    }

    @Test
    void whereNothingCanBeLockedNobodyWaits() throws IOException {
        Files.delete(file);

        try (JoinTurn none = JoinTurn.await(file, Duration.ofHours(1))) {
            assertThat(none).isNotNull();
        }
    }

    private boolean isFree() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException taken) {
            return false;
        }
    }
}
