package io.gridctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.EngineStatus;
import io.gridctl.Grid;
import io.gridctl.cli.Gridctl.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

@Tag("any-jvm")
class ConfigIT {
    @TempDir
    Path folder;

    private Gridctl gridctl;
    private Path file;

    @BeforeEach
    void prepare() throws IOException {
        gridctl = new Gridctl(folder);
        file = Files.writeString(folder.resolve("grid.yaml"), """
                name: night
                engines: 5
                slots: 3
                heap: 64m
                tags: [from-file]
                jvmArgs: [-Dsaid=file]
                """);
    }

    @AfterEach
    void stopEverything() throws IOException {
        gridctl.close();
    }

    @Test
    void aFileSaysWhatAGridIsLikeAndOptionsWinOverIt() throws IOException, InterruptedException {
        Result start = gridctl.run("start", "--config", file.toString(), "-n", "1", "--slots", "2", "--detach");

        assertThat(start.exitCode()).as(start.err()).isZero();
        try (Grid grid = Grid.connect(gridctl.home().grid("night").connectionFile())) {
            EngineStatus engine = grid.engine(0).status();
            assertThat(grid.ids()).containsExactly(0);
            assertThat(engine.engine().slots()).isEqualTo(2);
            assertThat(engine.engine().tags()).isEqualTo(Set.of("from-file"));
            assertThat(engine.heapMaxBytes()).isBetween(48L << 20, 64L << 20);
            assertThat(grid.engine(0).apply(() -> System.getProperty("said"))).isEqualTo("file");
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void slotsAreVirtualThreadsIfThatIsAskedFor() throws IOException, InterruptedException {
        Result start = gridctl.run("start", "-n", "1", "--slots", "3", "--virtual-slots", "--detach");

        assertThat(start.exitCode()).as(start.err()).isZero();
        try (Grid grid = Grid.connect(gridctl.grid().connectionFile())) {
            assertThat(grid.engine(0)
                            .apply(() -> Thread.class.getMethod("isVirtual").invoke(Thread.currentThread())))
                    .isEqualTo(true);
        }
    }

    @Test
    void aProgramRunsOnEnginesThatAFileDescribes() throws IOException, InterruptedException {
        Path source = Files.writeString(folder.resolve("Said.java"), """
                import io.gridctl.Grid;

                public class Said {
                    public static void main(String[] args) throws Exception {
                        try (Grid grid = Grid.connect()) {
                            System.out.println(grid.ids() + " "
                                    + grid.engine(0).<String>apply(() -> System.getProperty("said")));
                        }
                    }
                }
                """);

        Result result = gridctl.run("run", "--config", file.toString(), "-n", "1", source.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("[0] file\n");
        assertThat(gridctl.home().grids()).isEmpty();
    }

    @Test
    void whatIsWrongInAFileStopsEverythingBeforeItBegins() throws IOException, InterruptedException {
        Files.writeString(file, "engines: many\nslotz: 2\n");

        for (String command : new String[] {"start", "perf"}) {
            Result result = gridctl.run(command, "--config", file.toString());

            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.out()).isEmpty();
            assertThat(result.err())
                    .startsWith("gridctl: " + file + ":1: 'engines' is a whole number")
                    .contains(file + ":2: there is no setting 'slotz'");
        }
        assertThat(gridctl.home().root())
                .satisfiesAnyOf(
                        home -> assertThat(home).doesNotExist(),
                        home -> assertThat(home).isEmptyDirectory());
    }
}
