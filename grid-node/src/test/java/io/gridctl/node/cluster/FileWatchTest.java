package io.gridctl.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.node.cluster.GridState.Phase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {
    @TempDir
    Path home;

    private GridFolder folder;
    private FileWatch<GridState> watch;

    @BeforeEach
    void begin() {
        folder = new GridFolder("watched", home.resolve("watched"));
        folder.create();
        watch = FileWatch.ofState(folder);
    }

    private static GridState state(Phase phase) {
        return new GridState(ProcessId.current(), phase, "", List.of());
    }

    private void write(GridState state, Instant when) throws IOException {
        state.write(folder.stateFile());
        Files.setLastModifiedTime(folder.stateFile(), FileTime.from(when));
    }

    @Test
    void whatIsNotThereIsSeenWhenItComesAndWhenItGoes() throws IOException {
        assertThat(watch.look()).isEmpty();

        write(state(Phase.STARTING), Instant.now());
        assertThat(watch.look()).contains(state(Phase.STARTING));

        Files.delete(folder.stateFile());
        assertThat(watch.look()).isEmpty();
    }

    @Test
    void whatIsOldAndTheSameIsNotReadAgain() throws IOException {
        write(state(Phase.RUNNING), Instant.now().minusSeconds(10));

        assertThat(watch.look()).isSameAs(watch.look()).contains(state(Phase.RUNNING));
    }

    @Test
    void whatWasReplacedIsReadWhateverItsTime() throws IOException {
        Instant before = Instant.now().minusSeconds(10);
        write(state(Phase.STARTING), before);
        watch.look();

        write(state(Phase.STOPPING), before);

        assertThat(watch.look()).contains(state(Phase.STOPPING));
    }

    @Test
    void whatIsNewIsReadEachTime() throws IOException {
        Instant soon = Instant.now().plusSeconds(60);
        write(state(Phase.STARTING), soon);
        watch.look();
        // The same file, size and time.
        byte[] bytes = Files.readAllBytes(folder.stateFile());
        String other = new String(bytes, StandardCharsets.UTF_8).replace("STARTING", "STOPPING");
        Files.writeString(folder.stateFile(), other);
        Files.setLastModifiedTime(folder.stateFile(), FileTime.from(soon));

        assertThat(watch.look()).contains(state(Phase.STOPPING));
    }
}
