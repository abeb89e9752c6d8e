package io.gridctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gridctl.EngineInfo;
import io.gridctl.EngineStatus;
import io.gridctl.Grid;
import io.gridctl.cli.Gridctl.Result;
import io.gridctl.node.cluster.ProcessId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineLossIT {
    private static final int ENGINES = 2;

    @TempDir
    Path folder;

    private Gridctl gridctl;

    @BeforeEach
    void startGrid() throws IOException, InterruptedException {
        gridctl = new Gridctl(folder);
        Result start = gridctl.run("start", "-n", "" + ENGINES, "--detach", "--tag", "fast");
        assertThat(start.exitCode()).as(start.err()).isZero();
    }

    @AfterEach
    void stopEverything() throws IOException {
        gridctl.close();
    }

    @Test
    void aKilledEngineComesBackUnderItsIdWithItsNames() throws InterruptedException {
        try (Grid grid = Grid.connect(gridctl.grid().connectionFile())) {
            grid.engine(0).push("a", 5);
            grid.engine(1).push("a", 6);
            ProcessId killed = gridctl.engines().get(1);

            Gridctl.kill(killed);

            await().atMost(Gridctl.PATIENCE).until(() -> incarnations(grid).equals(List.of(1, 2)));
            assertThat(grid.engine(1).<Integer>pull("a")).isEqualTo(6);
            assertThat(grid.engine(0).<Integer>pull("a")).isEqualTo(5);
            assertThat(gridctl.engines()).hasSize(ENGINES).doesNotContain(killed);
        }
    }

    @Test
    void allEnginesKilledComeBackWithTheirNames() throws InterruptedException {
        try (Grid grid = Grid.connect(gridctl.grid().connectionFile())) {
            grid.engine(0).push("a", "zero");
            grid.engine(1).push("a", "one");

            gridctl.engines().forEach(Gridctl::kill);

            await().atMost(Gridctl.PATIENCE).until(() -> incarnations(grid).equals(List.of(2, 2)));
            assertThat(grid.engines().<String>pull("a")).containsExactly("zero", "one");
        }
    }

    @Test
    void theStatusTellsAllThereIsToTell() throws IOException, InterruptedException {
        Result table = gridctl.run("status");
        Result result = gridctl.run("status", "-o", "json");

        assertThat(table.exitCode()).as(table.err()).isZero();
        assertThat(table.out())
                .startsWith("grid default, anchor "
                        + gridctl.grid().state().orElseThrow().anchor().pid() + ", backed up")
                .contains("ID  INCARNATION  STATE", "ready");
        JsonNode json = new ObjectMapper().readTree(result.out());
        assertThat(json.path("grid").asText()).isEqualTo("default");
        assertThat(json.path("backedUp").asBoolean()).isTrue();
        assertThat(json.path("engines")).hasSize(ENGINES);
        JsonNode engine = json.path("engines").get(1);
        assertThat(engine.path("id").asInt()).isEqualTo(1);
        assertThat(engine.path("incarnation").asInt()).isEqualTo(1);
        assertThat(engine.path("state").asText()).isEqualTo("ready");
        assertThat(engine.path("pid").asLong())
                .isEqualTo(gridctl.engines().get(1).pid());
        assertThat(engine.path("slots").asInt()).isEqualTo(1);
        assertThat(engine.path("tags").get(0).asText()).isEqualTo("fast");
        assertThat(engine.path("heapMaxBytes").asLong()).isPositive();
    }

    private static List<Integer> incarnations(Grid grid) throws InterruptedException {
        return grid.status().engines().stream()
                .filter(EngineStatus::answered)
                .map(EngineStatus::engine)
                .map(EngineInfo::incarnation)
                .toList();
    }
}
