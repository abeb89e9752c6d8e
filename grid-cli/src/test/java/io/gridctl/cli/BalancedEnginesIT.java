package io.gridctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gridctl.AsyncResult;
import io.gridctl.EngineLostException;
import io.gridctl.Grid;
import io.gridctl.GridException;
import io.gridctl.LoadBalancedView;
import io.gridctl.MapResult;
import io.gridctl.Namespace;
import io.gridctl.Task;
import io.gridctl.cli.Gridctl.Result;
import io.gridctl.node.cluster.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tasks of the load-balanced view that take their engine's process with them. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("any-jvm")
class BalancedEnginesIT {
    @TempDir
    Path folder;

    private Gridctl gridctl;

    @BeforeEach
    void startGrid() throws IOException, InterruptedException {
        gridctl = new Gridctl(folder);
        Result start = gridctl.run("start", "-n", "2", "--slots", "2", "--detach");
        assertThat(start.exitCode()).as(start.err()).isZero();
    }

    @AfterEach
    void stopEverything() throws IOException {
        gridctl.close();
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }

    /**
     * Says that it has begun, and ends when there is such a file, whatever interrupts come. The loop is the JDK's, as one of
     * the program's own would end when it is cancelled.
     */
    private static int runUntilThereIs(String file) {
        System.out.println("begun");
        boolean there = Stream.generate(() -> Path.of(file))
                .peek(path -> {
                    pause();
                    Thread.interrupted();
                })
                .anyMatch(Files::exists);
        return there ? Namespace.current().engineId() : -1;
    }

    private static void awaitBegun(AsyncResult<?> result) {
        await().atMost(Gridctl.PATIENCE).until(() -> result.stdout().contains("begun"));
    }

    private static boolean isThere(Grid grid, int incarnation) {
        try {
            return grid.engine(1).info().incarnation() == incarnation;
        } catch (GridException notYet) {
            return false;
        }
    }

    @Test
    void cancellingByForceReplacesTheEngineOfATaskThatIgnoresItsInterrupt() throws Exception {
        String never = folder.resolve("never").toString();
        String soon = folder.resolve("soon").toString();
        ProcessId untouched = gridctl.engines().get(0);
        ProcessId replaced = gridctl.engines().get(1);
        try (Grid grid = Grid.connect(gridctl.grid().connectionFile())) {
            grid.engine(1).push("a", "one");
            LoadBalancedView there = grid.loadBalanced().where(engine -> engine.id() == 1);
            AsyncResult<Integer> deaf = there.applyAsync(BalancedEnginesIT::runUntilThereIs, never);
            AsyncResult<Integer> beside = grid.loadBalanced()
                    .choice((one, other) -> Integer.compare(other.engineId(), one.engineId()))
                    .applyAsync(BalancedEnginesIT::runUntilThereIs, soon);
            awaitBegun(deaf);
            awaitBegun(beside);
            assertThat(beside.tasks().get(0).engineId()).contains(1);
            AsyncResult<Integer> behind =
                    there.applyAsync(() -> Namespace.current().engineId());
            AsyncResult<Integer> direct = grid.engine(1).applyAsync(() -> 1);

            assertThat(deaf.cancelByForce()).isTrue();

            assertThatThrownBy(deaf::await).isInstanceOf(CancellationException.class);
            await().atMost(Gridctl.PATIENCE).until(() -> isThere(grid, 2));
            assertThat(grid.engine(1).<String>pull("a")).isEqualTo("one");
            assertThat(behind.await(Gridctl.PATIENCE)).isEqualTo(1);
            assertThatThrownBy(() -> direct.await(Gridctl.PATIENCE))
                    .isInstanceOfSatisfying(
                            EngineLostException.class,
                            lost -> assertThat(lost.engineId()).isEqualTo(1));
            Files.createFile(Path.of(soon));
            assertThat(beside.await(Gridctl.PATIENCE)).isBetween(0, 1);
            assertThat(beside.tasks().get(0).attempts()).isEqualTo(2);
            assertThat(deaf.cancelByForce()).as("it has ended").isFalse();
        }
        assertThat(gridctl.engines()).contains(untouched).doesNotContain(replaced);
        assertThat(gridctl.run("status").out())
                .contains(
                        "engine 1 was started again because it died, for a task that ignored its cancellation by force, exit code 75");
    }

    @Test
    void cancellingByForceLeavesTheEngineOfATaskThatTakesNotice() throws Exception {
        try (Grid grid = Grid.connect(gridctl.grid().connectionFile())) {
            AsyncResult<Integer> attentive = grid.engine(0).applyAsync(() -> {
                System.out.println("begun");
                while (!Thread.currentThread().isInterrupted()) {
                    pause();
                }
                return 1;
            });
            awaitBegun(attentive);

            assertThat(attentive.cancelByForce()).isTrue();

            // Deaf tasks have a second; a forced cancel of one beside it shows that a second has passed.
            String never = folder.resolve("never").toString();
            AsyncResult<Integer> deaf = grid.engine(1).applyAsync(BalancedEnginesIT::runUntilThereIs, never);
            awaitBegun(deaf);
            deaf.cancelByForce();
            await().atMost(Gridctl.PATIENCE).until(() -> isThere(grid, 2));
            assertThat(grid.engine(0).info().incarnation()).isEqualTo(1);
        }
    }

    @Test
    void aTaskThatEndsEveryEngineItRunsOnFailsAndOthersDoNot() throws Exception {
        try (Grid grid = Grid.connect(gridctl.grid().connectionFile())) {
            AsyncResult<Integer> deadly = grid.loadBalanced().applyAsync(() -> {
                // An exit or halt of its own would not end the engine.
                String self = String.valueOf(ProcessHandle.current().pid());
                return new ProcessBuilder("kill", "-9", self).start().waitFor();
            });
            MapResult<Integer> others = grid.loadBalanced()
                    .mapAsync(
                            x -> {
                                pause();
                                return 2 * x;
                            },
                            IntStream.range(0, 400).boxed().toList());

            assertThatThrownBy(() -> deadly.await(Gridctl.PATIENCE))
                    .isInstanceOf(EngineLostException.class)
                    .hasMessageMatching(
                            "engine \\d \\(incarnation \\d+\\) was lost while it ran this task alone, as engines"
                                    + " had been before: (engine \\d \\(incarnation \\d+\\) after \\d+ ms( with other work)?(, )?){3,4}"
                                    + "; the task is not run again");
            Task task = deadly.tasks().get(0);
            assertThat(task.attempts()).isBetween(3, 5);
            assertThat(others.await(Gridctl.PATIENCE))
                    .isEqualTo(IntStream.range(0, 400).map(x -> 2 * x).boxed().toList());
        }
        gridctl.awaitReady(2);
    }
}
