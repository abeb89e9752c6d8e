package io.gridctl.cli.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gridctl.Grid;
import io.gridctl.cli.Gridctl;
import io.gridctl.cli.PseudoTerminal;
import io.gridctl.cli.code.SharedEngines.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shell as somebody at a terminal has it. */
@ExtendWith(SharedEngines.class)
@Timeout(180)
class ShellIT {
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";
    /** Of a terminal that does as the shell asks it to, and of one that does not. */
    private static final List<String> UP = List.of("\u001bOA", "\u001b[A");

    private static final String ENTER = "\r";

    @TempDir
    Path folder;

    private PseudoTerminal shell(Engines engines, String... options) throws IOException {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(engines.gridctl().environment());
        environment.put("TERM", "xterm");
        environment.remove("GRIDCTL_GRID");
        List<String> command = new ArrayList<>(List.of(Gridctl.script().toString(), "shell"));
        command.addAll(List.of(options));
        return new PseudoTerminal(folder, environment, command);
    }

    @Test
    void linesAreEditedCompletedColouredAndRemembered(Engines engines) throws IOException {
        try (PseudoTerminal terminal = shell(engines)) {
            terminal.awaitLast("In [1]:");
            terminal.type("int twice(int x) {" + ENTER + "return 2 * x;" + ENTER + "}" + ENTER);
            terminal.awaitLast("In [2]:");
            terminal.type("lbv.map(x -> twi\t");
            terminal.awaitLast("lbv.map(x -> twice(");
            terminal.type("x), List.of(1, 21)).get(1)" + ENTER);
            terminal.awaitScreen("Out[2]: 42");
            terminal.type("%pxre\t");
            terminal.awaitLast("In [3]: %pxresult");
            terminal.type(CTRL_C);
            terminal.awaitLast("In [3]:");
            terminal.type(CTRL_D);
            assertThat(terminal.awaitEnd()).isZero();

            assertThat(terminal.screen()).contains("In [1]: int twice(int x) {\n   ...: return 2 * x;\n   ...: }\n");
            assertThat(terminal.received()).contains("\u001b[35mreturn");
        }

        Path history = engines.gridctl().home().root().resolve("history");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
                .isEqualTo("rw-------");
        try (PseudoTerminal terminal = shell(engines)) {
            for (String up : UP) {
                terminal.awaitLast("In [1]:");
                terminal.type(up);
                terminal.awaitLast("In [1]: lbv.map(x -> twice(x), List.of(1, 21)).get(1)");
                terminal.type(CTRL_C);
            }
            terminal.awaitLast("In [1]:");
            terminal.type("exit" + ENTER);
            assertThat(terminal.awaitEnd()).isZero();
        }
    }

    @Test
    void ctrlCInterruptsTheEnginesFirstAndTheShellSecond(Engines engines) throws Exception {
        try (Grid grid = engines.connect();
                PseudoTerminal terminal = shell(engines)) {
            terminal.awaitLast("In [1]:");
            terminal.type("%px while (true);" + ENTER);
            awaitRunning(grid, 1);
            terminal.type(CTRL_C);
            terminal.awaitScreen("interrupted\nIn [2]:");
            awaitRunning(grid, 0);

            terminal.type(
                    "for (int i = 1; ; i++) try { all.execute(\"while (true);\"); } catch (CancellationException e)"
                            + " { System.out.println(\"round \" + i); while (true); }" + ENTER);
            awaitRunning(grid, 1);
            terminal.type(CTRL_C);
            terminal.awaitLast("round 1");
            awaitRunning(grid, 0);
            terminal.type(CTRL_C);
            terminal.awaitLast("In [3]:");

            terminal.type("%px --noblock while (true);" + ENTER);
            terminal.awaitLast("In [4]:");
            awaitRunning(grid, 1);
            terminal.type(CTRL_C);
            awaitRunning(grid, 0);
        }
    }

    private static void awaitRunning(Grid grid, int each) {
        await().until(() -> grid.status().engines().stream().allMatch(engine -> engine.running() == each));
    }

    @Test
    void whatALongTaskPrintsIsShownWhileItRuns(Engines engines) throws IOException {
        Path gate = folder.resolve("gate");
        try (PseudoTerminal terminal = shell(engines)) {
            terminal.awaitLast("In [1]:");
            terminal.type(
                    "%px System.out.println(\"begun\"); while (!new File(\"" + gate + "\").exists()); 42" + ENTER);
            terminal.awaitScreen("[stdout:0] begun");
            terminal.awaitScreen("[stdout:1] begun");
            assertThat(terminal.screen()).doesNotContain("]: 42");
            Files.createFile(gate);
            terminal.awaitLast("In [2]:");
            assertThat(terminal.screen()).containsPattern("Out\\[0:\\d+]: 42\nOut\\[1:\\d+]: 42\nIn \\[2]:");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theWalkthroughsOfTheReadmeGiveWhatItShows(int which, Engines engines)
            throws IOException, InterruptedException {
        try (Grid grid = engines.connect()) {
            grid.engines().clear();
        }
        Transcript transcript = Transcript.ofReadme(which);
        try (PseudoTerminal terminal = shell(engines)) {
            terminal.awaitLast("In [1]:");
            int number = 1;
            for (String line : transcript.typed()) {
                terminal.type(line + ENTER);
                terminal.awaitLast("In [" + ++number + "]:");
            }
            terminal.type("exit" + ENTER);
            assertThat(terminal.awaitEnd()).isZero();

            assertThat(Transcript.of(terminal.screen()).comparable())
                    .isEqualTo(new Transcript(with(transcript.lines(), "In [" + number + "]: exit")).comparable());
        }
    }

    private static List<String> with(List<String> lines, String last) {
        List<String> all = new ArrayList<>(lines);
        all.add(last);
        return all;
    }
}
