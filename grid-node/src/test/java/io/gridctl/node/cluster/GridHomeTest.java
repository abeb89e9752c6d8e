package io.gridctl.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gridctl.GridNotFoundException;
import io.gridctl.node.cluster.GridState.EnginePhase;
import io.gridctl.node.cluster.GridState.EngineProcess;
import io.gridctl.node.cluster.GridState.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GridHomeTest {
    private static final ProcessId GONE = new ProcessId(Integer.MAX_VALUE, 1);

    @TempDir
    Path folder;

    private GridHome home;

    @BeforeEach
    void makeHome() {
        home = GridHome.at(folder.resolve("home"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "-n", ".hidden", "a/b", "a b", "ä", "x:y"})
    void oddNamesAreRefusedWithASentence(String name) {
        assertThatThrownBy(() -> home.grid(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be the name of a grid");
    }

    @Test
    void aNameHas64CharactersAtMost() {
        assertThat(home.grid("x".repeat(64)).name()).hasSize(64);
        assertThatThrownBy(() -> home.grid("x".repeat(65))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theFolderOfAGridIsForItsOwnerOnly() throws IOException {
        GridFolder grid = home.grid("default");

        grid.create();

        for (Path path : List.of(home.root(), grid.path(), grid.logs())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void aHomeThatDoesNotExistHasNoGrids() {
        assertThat(home.grids()).isEmpty();
        assertThatThrownBy(() -> home.find(Optional.empty()))
                .isInstanceOf(GridNotFoundException.class)
                .hasMessageContaining("gridctl start");
    }

    @Test
    void theOnlyGridThatRunsIsFoundWithoutItsName() throws IOException {
        running("night", ProcessId.current());
        running("dead", GONE);

        assertThat(home.find(Optional.empty()).name()).isEqualTo("night");
        assertThat(home.grids()).hasSize(2);
        assertThatThrownBy(() -> home.find(Optional.of("dead")))
                .isInstanceOf(GridNotFoundException.class)
                .hasMessageContaining("--name dead");
    }

    @Test
    void aGridThatSomebodyStartedForItselfIsFoundByNameOnly() throws IOException {
        String own = GridHome.privateName("run");
        running("one", ProcessId.current());
        running(own, ProcessId.current());

        assertThat(home.find(Optional.empty()).name()).isEqualTo("one");
        assertThat(home.find(Optional.of(own)).name()).isEqualTo(own);
    }

    @Test
    void amongSeveralGridsOneMustBeNamed() throws IOException {
        running("day", ProcessId.current());
        running("night", ProcessId.current());

        assertThatThrownBy(() -> home.find(Optional.empty()))
                .isInstanceOf(GridNotFoundException.class)
                .hasMessageContaining("day, night");
    }

    @Test
    void aProcessThatGotThePidOfADeadOneIsNotTakenForIt() throws IOException {
        long pid = ProcessHandle.current().pid();
        running("default", new ProcessId(pid, ProcessId.current().startedMillis() - 3_600_000));

        assertThat(home.grid("default").isRunning()).isFalse();
    }

    @Test
    void enginesWithoutTheirAnchorCountAsRunning() throws IOException {
        running("default", GONE);
        new EngineFile(ProcessId.current(), true).write(home.grid("default").engineFile(3));

        assertThat(home.grid("default").hasAnchor()).isFalse();
        assertThat(home.grid("default").isRunning()).isTrue();
        assertThat(home.grid("default").liveEngines()).containsExactly(ProcessId.current());
    }

    @Test
    void aBrokenStateIsALeftOverLikeAnyOther() throws IOException {
        GridFolder grid = home.grid("default");
        grid.create();
        Files.writeString(grid.stateFile(), "{\"phase\": \"?");

        assertThat(grid.isRunning()).isFalse();
        grid.clean();
        assertThat(grid.stateFile()).doesNotExist();
    }

    @Test
    void theStateIsReadAsItWasWritten() throws IOException {
        GridState state = new GridState(
                ProcessId.current(),
                Phase.RUNNING,
                "",
                List.of(
                        new EngineProcess(0, Optional.of(GONE), EnginePhase.WAITING, 2, "it died", "it died"),
                        new EngineProcess(1, Optional.empty(), EnginePhase.READY, 0, "", "")));
        GridFolder grid = home.grid("default");
        grid.create();

        state.write(grid.stateFile());

        assertThat(grid.state()).contains(state);
        assertThat(state.readyEngines()).isEqualTo(1);
    }

    private void running(String name, ProcessId anchor) throws IOException {
        GridFolder grid = home.grid(name);
        grid.create();
        new GridState(anchor, Phase.RUNNING, "", List.of()).write(grid.stateFile());
    }
}
