package io.gridctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import io.gridctl.EngineInfo;
import io.gridctl.EngineStatus;
import io.gridctl.Grid;
import io.gridctl.cli.Gridctl.Result;
import io.gridctl.node.cluster.ProcessId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("any-jvm")
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
        double[] large = new Random(4).doubles(1 << 20).toArray();
        try (Grid leaving = Grid.connect(gridctl.grid().connectionFile())) {
            leaving.engines().push("large", large);
        }
        try (Grid grid = Grid.connect(gridctl.grid().connectionFile())) {
            grid.engine(0).push("a", "zero");
            grid.engine(1).push("a", "one");

            gridctl.engines().forEach(Gridctl::kill);

            await().atMost(Gridctl.PATIENCE).until(() -> incarnations(grid).equals(List.of(2, 2)));
            assertThat(grid.engines().<String>pull("a")).containsExactly("zero", "one");
            assertThat(grid.engines().<Integer>apply(ns -> Arrays.hashCode(ns.<double[]>get("large"))))
                    .containsOnly(Arrays.hashCode(large));
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
        Map<String, Object> json = JSON.std.mapFrom(result.out());
        assertThat(json).containsEntry("grid", "default").containsEntry("backedUp", true);
        List<?> engines = (List<?>) json.get("engines");
        assertThat(engines).hasSize(ENGINES);
        Map<?, ?> engine = (Map<?, ?>) engines.get(1);
        assertThat(engine.get("id")).isEqualTo(1);
        assertThat(engine.get("incarnation")).isEqualTo(1);
        assertThat(engine.get("state")).isEqualTo("ready");
        assertThat(((Number) engine.get("pid")).longValue())
                .isEqualTo(gridctl.engines().get(1).pid());
        assertThat(engine.get("slots")).isEqualTo(1);
        assertThat(engine.get("tags")).isEqualTo(List.of("fast"));
        assertThat(((Number) engine.get("heapMaxBytes")).longValue()).isPositive();
    }

    private static List<Integer> incarnations(Grid grid) throws InterruptedException {
        return grid.status().engines().stream()
                .filter(EngineStatus::answered)
                .map(EngineStatus::engine)
                .map(EngineInfo::incarnation)
                .toList();
    }
}
