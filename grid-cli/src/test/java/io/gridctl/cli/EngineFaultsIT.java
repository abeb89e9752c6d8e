package io.gridctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gridctl.AsyncResult;
import io.gridctl.EngineInfo;
import io.gridctl.EngineListener;
import io.gridctl.EngineLostException;
import io.gridctl.Grid;
import io.gridctl.GridException;
import io.gridctl.LoadBalancedView;
import io.gridctl.MapResult;
import io.gridctl.cli.Gridctl.Result;
import io.gridctl.node.cluster.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines that end or stand still by what is done to them rather than by a signal to end. */
@Tag("any-jvm")
class EngineFaultsIT {
    @TempDir
    Path folder;

    private Gridctl gridctl;

    @BeforeEach
    void startGrid() throws IOException, InterruptedException {
        gridctl = new Gridctl(folder);
        Result start = gridctl.run("start", "-n", "2", "--heap", "128m", "--detach");
        assertThat(start.exitCode()).as(start.err()).isZero();
    }

    @AfterEach
    void stopEverything() throws IOException {
        gridctl.close();
    }

    @Test
    void anEngineWhoseHeapIsFullIsReplacedWithItsNamesAndTheStatusSaysWhy() throws IOException, InterruptedException {
        ProcessId untouched = gridctl.engines().get(0);
        try (Grid grid = Grid.connect(gridctl.grid().connectionFile())) {
            grid.engine(0).push("a", "zero");
            grid.engine(1).push("a", "one");

            assertThatThrownBy(() -> grid.engine(1).run(() -> {
                        List<byte[]> all = new ArrayList<>();
                        while (all.size() < Integer.MAX_VALUE) {
                            all.add(new byte[1 << 20]);
                        }
                    }))
                    .isInstanceOfSatisfying(
                            EngineLostException.class,
                            lost -> assertThat(lost.engineId()).isEqualTo(1))
                    .hasMessageContaining("`gridctl status` says why");

            await().atMost(Gridctl.PATIENCE).until(() -> isBack(grid));
            assertThat(grid.engines().<String>pull("a")).containsExactly("zero", "one");
        }
        assertThat(gridctl.engines().get(0)).isEqualTo(untouched);
        assertThat(gridctl.run("status").out())
                .contains("engine 1 was started again because it died, out of memory (Java heap space), exit code 3");
        assertThat(gridctl.run("status", "-o", "json").out())
                .contains("\"restarts\":[{")
                .contains("out of memory");
        assertThat(Files.readString(gridctl.grid().log("anchor"))).contains("engine 1: it died, out of memory");
    }

    @Test
    void anEngineThatHangsIsSuspectedKilledAndReplacedAndWhoWaitsForItIsTold()
            throws IOException, InterruptedException {
        ProcessId hung = gridctl.engines().get(1);
        try (Grid grid = Grid.connect(gridctl.grid().connectionFile())) {
            grid.engine(1).push("a", "one");
            signal("STOP", hung);
            AsyncResult<Integer> waiting = grid.engine(1).applyAsync(() -> 1);

            await().atMost(Gridctl.PATIENCE)
                    .until(
                            () -> gridctl.grid()
                                    .state()
                                    .orElseThrow()
                                    .engines()
                                    .get(1)
                                    .message(),
                            message -> message.startsWith("it does not answer"));
            assertThat(hung.isAlive()).isTrue();

            assertThatThrownBy(waiting::await).isInstanceOf(EngineLostException.class);
            assertThat(hung.isAlive()).isFalse();
            await().atMost(Gridctl.PATIENCE).until(() -> isBack(grid));
            assertThat(grid.engine(1).<String>pull("a")).isEqualTo("one");
            assertThat(grid.engine(0).info().incarnation()).isEqualTo(1);
        }
        assertThat(gridctl.run("status").out())
                .contains("engine 1 was started again because it hung: it had not answered for 30 s and was killed");
    }

    @Test
    void anEngineThatStoodStillForAWhileGoesOn() throws IOException, InterruptedException {
        ProcessId stopped = gridctl.engines().get(1);
        signal("STOP", stopped);
        await().atMost(Gridctl.PATIENCE)
                .until(() -> !gridctl.grid()
                        .state()
                        .orElseThrow()
                        .engines()
                        .get(1)
                        .message()
                        .isEmpty());

        signal("CONT", stopped);

        await().atMost(Gridctl.PATIENCE)
                .until(() -> gridctl.grid()
                        .state()
                        .orElseThrow()
                        .engines()
                        .get(1)
                        .message()
                        .isEmpty());
        assertThat(gridctl.engines().get(1)).isEqualTo(stopped);
    }

    @Test
    void anEngineThatStandsStillGetsNoWorkOfViewsUntilItGoesOn() throws IOException, InterruptedException {
        ProcessId stopped = gridctl.engines().get(1);
        List<String> told = new CopyOnWriteArrayList<>();
        try (Grid grid = Grid.connect(gridctl.grid().connectionFile())) {
            grid.awaitEngines(2, Gridctl.PATIENCE);
            grid.onEngineChange(new EngineListener() {
                @Override
                public void engineSilent(EngineInfo engine) {
                    told.add("silent " + engine.id());
                }

                @Override
                public void engineAnswers(EngineInfo engine) {
                    told.add("answers " + engine.id());
                }
            });
            LoadBalancedView view = grid.loadBalanced().chunk(1);
            List<Integer> items = IntStream.range(0, 100).boxed().toList();
            view.map(x -> x, items);
            signal("STOP", stopped);
            await().atMost(Gridctl.PATIENCE).until(() -> told.contains("silent 1"));

            MapResult<Integer> map = view.mapAsync(x -> -x, items);
            assertThat(map.await()).hasSize(items.size());
            assertThat(map.tasks()).allMatch(task -> task.engineId().orElseThrow() == 0 && task.attempts() == 1);
            assertThat(stopped.isAlive()).isTrue();

            signal("CONT", stopped);
            await().atMost(Gridctl.PATIENCE).until(() -> told.contains("answers 1"));
            await().atMost(Gridctl.PATIENCE).until(() -> {
                MapResult<Integer> again = view.mapAsync(x -> x, items);
                again.await();
                return again.tasks().stream().anyMatch(task -> task.engineId().orElseThrow() == 1);
            });
            assertThat(gridctl.engines().get(1)).isEqualTo(stopped);
        }
    }

    private static boolean isBack(Grid grid) {
        try {
            return grid.engine(1).info().incarnation() == 2;
        } catch (GridException notYet) {
            return false;
        }
    }

    private static void signal(String name, ProcessId process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }
}
