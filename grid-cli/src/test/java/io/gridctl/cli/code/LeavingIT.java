package io.gridctl.cli.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gridctl.EngineInfo;
import io.gridctl.Grid;
import io.gridctl.cli.Gridctl;
import io.gridctl.cli.code.SharedEngines.Engines;
import io.gridctl.node.cluster.ProcessId;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Clients that leave before their work is done, engines that come after the classes were sent. */
@ExtendWith(SharedEngines.class)
@Tag("any-jvm")
class LeavingIT {
    private static final String MAIN = """
            package leaving;
            import io.gridctl.*;
            import java.nio.file.*;
            import java.util.*;
            import java.util.concurrent.locks.LockSupport;
            public class Main {
                /** Submits, says so when the engine has both, and waits to be killed. */
                public static void main(String[] args) throws Exception {
                    Grid grid = Grid.connect();
                    String folder = args[0];
                    grid.engine(0).runAsync(() -> {
                        Files.createFile(Path.of(folder, "begun"));
                        while (!Files.exists(Path.of(folder, "go"))) { LockSupport.parkNanos(1_000_000); }
                        Files.writeString(Path.of(folder, "first"), new Later(1).text());
                    });
                    grid.engine(0).runAsync(() -> Files.writeString(Path.of(folder, "second"), new Later(2).text()));
                    while (grid.engine(0).status().waiting() == 0) { LockSupport.parkNanos(1_000_000); }
                    Files.createFile(Path.of(folder, "submitted"));
                    LockSupport.park();
                }
                /** Asks for a class that nothing in the code leads to. */
                public static class Asking {
                    public static void main(String[] args) throws Exception {
                        Grid grid = Grid.connect();
                        String folder = args[0];
                        grid.engine(0).runAsync(() -> {
                            Files.createFile(Path.of(folder, "begun"));
                            while (!Files.exists(Path.of(folder, "go"))) { LockSupport.parkNanos(1_000_000); }
                            try { Class.forName("leaving." + "Named"); }
                            catch (ClassNotFoundException e) { Files.writeString(Path.of(folder, "said.part"), e.getMessage()); }
                            Files.move(Path.of(folder, "said.part"), Path.of(folder, "said"));
                        });
                        LockSupport.park();
                    }
                }
                /** Loaded for the first time when the client is dead. */
                record Later(int number) { String text() { return Deeper.prefix() + number; } }
                static class Deeper { static String prefix() { return "ran "; } }

                static int calls;
                public static Object onEachEngine(Grid grid) throws Exception {
                    return grid.engines().apply(() -> new Later(++calls).text());
                }
                public static Object reflective(Grid grid) throws Exception {
                    return grid.engines().apply(() -> Class.forName("leaving.Main$" + "Deeper").getSimpleName() + Class.forName("leaving." + "Named").getSimpleName());
                }
                /** Its engine dies while it runs; it runs again on another that has none of the classes. */
                public static Object pidOfSurvivor(Grid grid, String folder) throws Exception {
                    List<String> ran = grid.loadBalanced().map(x -> {
                        Path mine = Path.of(folder, "pid-" + ProcessHandle.current().pid());
                        if (x == 0) {
                            Files.writeString(mine, "");
                            Path.of(folder);
                            while (!Files.exists(Path.of(folder, "killed"))) { LockSupport.parkNanos(1_000_000); }
                        }
                        return new Later(x).text() + " " + Class.forName("leaving." + "Named").getSimpleName();
                    }, List.of(0));
                    return ran.get(0);
                }
            }
            """;

    private static Path folder;
    private static UserProgram program;

    @BeforeAll
    static void compile(@TempDir Path temporary) throws IOException {
        folder = temporary;
        program = UserProgram.compile(folder, MAIN, "package leaving; public class Named {}");
    }

    @AfterAll
    static void close() throws IOException {
        program.close();
    }

    private static String classPath() throws IOException {
        try (Stream<Path> jars = Files.list(Gridctl.library())) {
            return Stream.concat(Stream.of(program.classes()), jars.sorted())
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    @Test
    void tasksOfAClientThatDiesRightAfterSubmittingRunToTheirEnd(Engines engines) throws Exception {
        Path work = Files.createDirectories(folder.resolve("work"));
        try (ClientProcess client =
                ClientProcess.java(engines, folder, "-cp", classPath(), "leaving.Main", work.toString())) {
            await().atMost(Gridctl.PATIENCE)
                    .failFast(() -> assertThat(client.output()).doesNotContain("Exception"))
                    .until(() -> Files.exists(work.resolve("submitted")));
            client.kill();
        }

        Files.createFile(work.resolve("go"));

        await().atMost(Gridctl.PATIENCE).untilAsserted(() -> {
            assertThat(work.resolve("first")).hasContent("ran 1");
            assertThat(work.resolve("second")).hasContent("ran 2");
        });
        try (Grid grid = engines.connect()) {
            assertThat(grid.engine(0).apply(() -> 1 + 1)).isEqualTo(2);
        }
    }

    @Test
    void whatAClientThatDiedDidNotSendIsASentence(Engines engines) throws Exception {
        Path work = Files.createDirectories(folder.resolve("asking"));
        try (ClientProcess client =
                ClientProcess.java(engines, folder, "-cp", classPath(), "leaving.Main$Asking", work.toString())) {
            await().atMost(Gridctl.PATIENCE)
                    .failFast(() -> assertThat(client.output()).doesNotContain("Exception"))
                    .until(() -> Files.exists(work.resolve("begun")));
            client.kill();
        }

        Files.createFile(work.resolve("go"));

        await().atMost(Gridctl.PATIENCE).until(() -> Files.exists(work.resolve("said")));
        assertThat(Files.readString(work.resolve("said")))
                .matches("leaving\\.Named: the client of program [0-9a-f]{8} has left without it having been sent,"
                        + " and the grid holds none");
    }

    private static List<Integer> incarnations(Grid grid) throws InterruptedException {
        return grid.ids().stream()
                .map(id -> grid.engine(id).info())
                .map(EngineInfo::incarnation)
                .toList();
    }

    @Test
    void anEngineThatJoinsLaterRunsOldLambdas(@TempDir Path home) throws Exception {
        try (Gridctl gridctl = new Gridctl(home)) {
            assertThat(gridctl.run("start", "-n", "1", "--detach").exitCode()).isZero();
            try (Grid grid = Grid.connect(gridctl.grid().connectionFile())) {
                assertThat(program.call("leaving.Main", "onEachEngine", grid)).hasToString("[ran 1]");
                assertThat(program.call("leaving.Main", "onEachEngine", grid)).hasToString("[ran 2]");
                assertThat(program.call("leaving.Main", "reflective", grid)).hasToString("[DeeperNamed]");

                gridctl.engines().forEach(Gridctl::kill);
                await().atMost(Gridctl.PATIENCE).until(() -> incarnations(grid).equals(List.of(2)));

                assertThat(program.call("leaving.Main", "onEachEngine", grid)).hasToString("[ran 1]");
                assertThat(program.call("leaving.Main", "reflective", grid)).hasToString("[DeeperNamed]");
            }
        }
    }

    @Test
    void aRetryFindsItsClassesOnAnotherEngine(@TempDir Path home) throws Exception {
        Path work = Files.createDirectories(home.resolve("work"));
        try (Gridctl gridctl = new Gridctl(home)) {
            assertThat(gridctl.run("start", "-n", "2", "--detach").exitCode()).isZero();
            try (Grid grid = Grid.connect(gridctl.grid().connectionFile())) {
                CompletableFuture<Object> survivor = CompletableFuture.supplyAsync(() -> survivor(grid, work));
                List<ProcessId> engines = gridctl.engines();
                ProcessId first = await().atMost(Gridctl.PATIENCE)
                        .until(
                                () -> engines.stream()
                                        .filter(engine -> Files.exists(work.resolve("pid-" + engine.pid())))
                                        .findFirst(),
                                java.util.Optional::isPresent)
                        .orElseThrow();

                Gridctl.kill(first);
                await().atMost(Gridctl.PATIENCE).until(() -> ran(work).size() == 2);
                Files.createFile(work.resolve("killed"));

                assertThat(survivor.get()).isEqualTo("ran 0 Named");
            }
        }
    }

    private static List<String> ran(Path work) throws IOException {
        try (Stream<Path> files = Files.list(work)) {
            return files.map(Path::toString)
                    .filter(name -> name.contains("pid-"))
                    .toList();
        }
    }

    private static Object survivor(Grid grid, Path work) {
        try {
            return program.loader()
                    .loadClass("leaving.Main")
                    .getMethod("pidOfSurvivor", Grid.class, String.class)
                    .invoke(null, grid, work.toString());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
