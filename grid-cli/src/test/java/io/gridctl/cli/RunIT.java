package io.gridctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.cli.Gridctl.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunIT {
    @TempDir
    Path folder;

    private Gridctl gridctl;

    @BeforeEach
    void prepare() {
        gridctl = new Gridctl(folder);
    }

    @AfterEach
    void stopEverything() throws IOException {
        gridctl.close();
    }

    @Test
    void aProgramGetsItsArgumentsAndGivesItsExitCode() throws IOException, InterruptedException {
        Path source = source("Echo.java", """
                package demo;

                public class Echo {
                    public static void main(String[] args) {
                        System.out.println("got " + String.join("|", args) + " at " + System.getenv("GRIDCTL_GRID"));
                        System.err.println("complaint");
                        System.exit(7);
                    }
                }
                """);

        Result result = gridctl.run(Map.of("GRIDCTL_GRID", "/somewhere.json"), "run", source.toString(), "-n", "a b");

        assertThat(result.exitCode()).as(result.err()).isEqualTo(7);
        assertThat(result.out()).isEqualTo("got -n|a b at /somewhere.json\n");
        assertThat(result.err()).contains("complaint");
    }

    @Test
    void whatDoesNotCompileIsShown() throws IOException, InterruptedException {
        Path source = source("Broken.java", "class Broken { int x = \"no number\"; }");

        Result result = gridctl.run(Map.of("GRIDCTL_GRID", "/somewhere.json"), "run", source.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("Broken.java:1").contains("incompatible types");
    }

    @Test
    void aFileWithoutAMainMethodIsNamed() throws IOException, InterruptedException {
        Path source = source("Idle.java", "class Idle {}");

        Result result = gridctl.run(Map.of("GRIDCTL_GRID", "/somewhere.json"), "run", source.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("no class in " + source + " has a main method");
    }

    @Test
    void aJarIsLookedAtBeforeAnythingStarts() throws IOException, InterruptedException {
        Path text = Files.writeString(folder.resolve("text.jar"), "no jar");
        Path empty = folder.resolve("empty.jar");
        new JarOutputStream(Files.newOutputStream(empty), new Manifest()).close();

        Result noJar = gridctl.run("run", "-n", "1", text.toString());
        Result noMain = gridctl.run("run", "-n", "1", empty.toString());

        assertThat(noJar.exitCode()).isEqualTo(1);
        assertThat(noJar.err()).startsWith("gridctl: " + text + " is no jar that can be read");
        assertThat(noMain.exitCode()).isEqualTo(1);
        assertThat(noMain.err())
                .isEqualTo("gridctl: " + empty + " does not say which class to run; its manifest needs a Main-Class\n");
        assertThat(gridctl.home().root()).doesNotExist();
    }

    @Test
    void aProgramNeedsAGridThatRuns() throws IOException, InterruptedException {
        Path source = source("Idle.java", "class Idle { public static void main(String[] args) {} }");

        Result result = gridctl.run("run", source.toString());

        assertThat(result.exitCode()).isEqualTo(11);
        assertThat(result.err()).contains("gridctl start");
    }

    @Test
    void enginesOfItsOwnEndWithTheProgram() throws IOException, InterruptedException {
        Path source = source("Where.java", """
                public class Where {
                    public static void main(String[] args) {
                        System.out.println(new java.io.File(System.getenv("GRIDCTL_GRID")).isFile());
                    }
                }
                """);

        Result result = gridctl.run("run", "-n", "1", source.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("true\n");
        assertThat(gridctl.home().grids()).isEmpty();
    }

    @Test
    void aProgramThatTheEnginesHaveNeverSeenRunsOnThem() throws IOException, InterruptedException {
        Path source = source("Sum.java", """
                import io.gridctl.Grid;
                import java.util.List;

                public class Sum {
                    record Part(int from, int to) {
                        long sum() {
                            long sum = 0;
                            for (int i = from; i < to; i++) {
                                sum += i;
                            }
                            return sum;
                        }
                    }

                    public static void main(String[] args) throws Exception {
                        try (Grid grid = Grid.connect()) {
                            List<Part> parts = List.of(new Part(0, 500), new Part(500, 1001));
                            List<Long> sums = grid.loadBalanced().map(Part::sum, parts);
                            System.out.println(grid.ids() + " " + sums.stream().mapToLong(Long::longValue).sum());
                        }
                    }
                }
                """);

        Result result = gridctl.run("run", "-n", "2", source.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("[0, 1] 500500\n");
    }

    private Path source(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
