package io.gridctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import io.gridctl.Grid;
import io.gridctl.cli.Gridctl.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs leave behind on engines, and how one is told. */
@Tag("any-jvm")
class LeavingIT {
    @TempDir
    Path folder;

    private Gridctl gridctl;

    @BeforeEach
    void startGrid() throws IOException, InterruptedException {
        gridctl = new Gridctl(folder);
        Result start = gridctl.run("start", "-n", "1", "--detach");
        assertThat(start.exitCode()).as(start.err()).isZero();
    }

    @AfterEach
    void stopEverything() throws IOException {
        gridctl.close();
    }

    private List<String> warnings() throws IOException {
        return Files.readAllLines(gridctl.grid().log("engine-0")).stream()
                .filter(line -> line.contains("cannot be unloaded"))
                .toList();
    }

    private void run(String name, String source) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve(name + ".java"), source);
        Result result = gridctl.run("run", file.toString());
        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    @Test
    void whatKeepsAProgramFromBeingUnloadedIsNamedInOneWarning() throws Exception {
        run("Clean", """
                import io.gridctl.Grid;
                public class Clean {
                    public static void main(String[] args) throws Exception {
                        try (Grid grid = Grid.connect()) {
                            grid.engines().run(() -> new Thread(() -> {}).start());
                        }
                    }
                }
                """);
        run("Pinned", """
                import io.gridctl.Grid;
                public class Pinned {
                    static class State {}
                    static class Poller extends Thread {
                        Poller() { super("poller"); setDaemon(true); }
                        @Override public void run() {
                            try { new java.util.concurrent.CountDownLatch(1).await(); } catch (InterruptedException e) { }
                        }
                    }
                    static class Goodbye implements Runnable { @Override public void run() {} }
                    static final ThreadLocal<State> LOCAL = ThreadLocal.withInitial(State::new);
                    public static void main(String[] args) throws Exception {
                        try (Grid grid = Grid.connect()) {
                            grid.engines().run(() -> {
                                LOCAL.get();
                                new Poller().start();
                                Runtime.getRuntime().addShutdownHook(new Thread(new Goodbye(), "goodbye"));
                            });
                        }
                    }
                }
                """);

        await().atMost(Gridctl.PATIENCE).until(() -> !warnings().isEmpty());

        assertThat(warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning)
                        .containsPattern("engine 0: program [0-9a-f]{8} of client [0-9a-f]{8} has left")
                        .contains("thread 'poller' (Pinned$Poller) still runs")
                        .contains("a ThreadLocal of thread 'grid-slot-0.0' holds a Pinned$State")
                        .contains("a shutdown hook (Pinned$Goodbye)"));
    }

    @Test
    @SuppressWarnings("unchecked")
    void memoryListsWhatIsHeld() throws Exception {
        try (Grid grid = Grid.connect(gridctl.grid().connectionFile())) {
            grid.engine(0).push("large", new double[1 << 18]);
            grid.engine(0).push("small", 5);

            Result table = gridctl.run("memory");
            Map<String, Object> json =
                    JSON.std.mapFrom(gridctl.run("memory", "-o", "json").out());

            assertThat(table.out())
                    .containsPattern("grid default holds 2\\.0 MB of values, .* of classes, .* of results")
                    .containsPattern("2\\.0 MB +engine 0 +shared value +large +double\\[\\] +-")
                    .containsPattern("\\d+ B +engine 0 +value +small +java\\.lang\\.Integer +-");
            assertThat(((Number) json.get("valueBytes")).longValue()).isBetween(2L << 20, (2L << 20) + 1000);
            List<Map<String, Object>> engines = (List<Map<String, Object>>) json.get("engines");
            assertThat(engines).hasSize(1);
            assertThat((List<Map<String, Object>>) engines.get(0).get("values"))
                    .extracting(value -> value.get("name"))
                    .containsExactly("large", "small");
        }
    }
}
