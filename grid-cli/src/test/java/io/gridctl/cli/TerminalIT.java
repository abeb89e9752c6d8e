package io.gridctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import io.gridctl.cli.Gridctl.Result;
import io.gridctl.node.cluster.ProcessId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As people use it: an interactive shell in a terminal. */
@Tag("any-jvm")
class TerminalIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_Z = "\u001a";

    @TempDir
    Path folder;

    private volatile String screen = "";
    private Gridctl gridctl;
    private PtyProcess shell;

    @BeforeEach
    void openTerminal() throws IOException {
        gridctl = new Gridctl(folder);
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(gridctl.environment());
        environment.put("PS1", "ready> ");
        environment.put("TERM", "xterm");
        environment.remove("GRIDCTL_GRID");
        shell = new PtyProcessBuilder(new String[] {"/bin/bash", "--norc", "--noprofile", "-i"})
                .setEnvironment(environment)
                .setDirectory(folder.toString())
                .start();
        Thread reader = new Thread(this::read, "terminal-screen");
        reader.setDaemon(true);
        reader.start();
        await().atMost(SOON).until(() -> screen.contains("ready> "));
    }

    @AfterEach
    void closeTerminal() throws IOException {
        shell.destroyForcibly();
        gridctl.close();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void read() {
        byte[] bytes = new byte[4096];
        try (InputStream in = shell.getInputStream()) {
            for (int n = in.read(bytes); n > 0; n = in.read(bytes)) {
                screen = screen + new String(bytes, 0, n, StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            screen = screen + "\n(closed)"; // the terminal is gone
        }
    }

    private void type(String text) throws IOException {
        shell.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        shell.getOutputStream().flush();
    }

    private void typeLine(String text) throws IOException {
        type(text + "\n");
    }

    /** What is typed reaches a job only when the shell has handed it the terminal. */
    private boolean aJobIsInTheForeground() throws IOException {
        Process ps = new ProcessBuilder("ps", "-o", "pgid=,tpgid=", "-p", Long.toString(shell.pid())).start();
        String[] groups = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .strip()
                .split("\\s+", -1);
        return groups.length == 2 && !groups[0].equals(groups[1]);
    }

    private List<ProcessId> start(String line) throws IOException {
        typeLine(Gridctl.script() + " " + line);
        gridctl.awaitReady(1);
        awaitOnScreen("connection file: ");
        List<ProcessId> processes = new ArrayList<>(gridctl.engines());
        gridctl.grid().state().ifPresent(state -> processes.add(state.anchor()));
        return processes;
    }

    private void awaitOnScreen(String text) {
        await().atMost(SOON).untilAsserted(() -> assertThat(screen).contains(text));
    }

    @Test
    void inTheBackgroundItComesUpAndGoesOn() throws IOException, InterruptedException {
        List<ProcessId> processes = start("start -n 1 &");

        typeLine("echo typed $((40 + 2))");
        awaitOnScreen("typed 42");
        assertRunning(processes);

        Result stop = gridctl.run("stop");

        assertThat(stop.exitCode()).as(stop.err()).isZero();
        typeLine("wait; echo waited $?");
        awaitOnScreen("waited 0");
    }

    @Test
    void stoppedAndContinuedInTheBackgroundTheEnginesGoOn() throws IOException {
        List<ProcessId> processes = start("start -n 1");

        type(CTRL_Z);
        awaitOnScreen("Stopped");
        assertRunning(processes);
        typeLine("bg");
        awaitOnScreen("start -n 1 &");
        assertRunning(processes);
        typeLine("fg");
        await().atMost(SOON).until(this::aJobIsInTheForeground);
        type(CTRL_C);

        await().atMost(SOON).until(() -> processes.stream().noneMatch(ProcessId::isAlive));
        typeLine("echo ended $?");
        awaitOnScreen("ended 130");
    }

    @Test
    void whileTheForegroundIsStoppedTheGridCanBeStoppedElsewhere() throws IOException, InterruptedException {
        List<ProcessId> processes = start("start -n 1");
        type(CTRL_Z);
        awaitOnScreen("Stopped");

        Result stop = gridctl.run("stop");

        assertThat(stop.exitCode()).as(stop.err()).isZero();
        assertThat(processes).noneMatch(ProcessId::isAlive);
        typeLine("fg");
        typeLine("echo ended $?");
        awaitOnScreen("ended 0");
    }

    @Test
    void ctrlCWhileTheEnginesComeUpLeavesNothing() throws IOException {
        typeLine(Gridctl.script() + " start -n 2");
        await().atMost(Gridctl.PATIENCE).until(() -> gridctl.grid().state().isPresent());

        type(CTRL_C);

        typeLine("echo ended $?");
        awaitOnScreen("ended 130");
        assertThat(gridctl.grid().isRunning()).isFalse();
    }

    @Test
    void aClosedTerminalLeavesTheGridRunning() throws IOException {
        List<ProcessId> processes = start("start -n 1");

        shell.getOutputStream().close();
        shell.getInputStream().close();
        ProcessHandle.of(shell.pid()).ifPresent(ProcessHandle::destroyForcibly);

        await().atMost(SOON).until(() -> !shell.isAlive());
        await().during(Duration.ofSeconds(1)).atMost(SOON).untilAsserted(() -> assertRunning(processes));
    }

    /** All live, and none is stopped by a signal meant for the foreground. */
    private static void assertRunning(List<ProcessId> processes) throws IOException {
        assertThat(processes).hasSize(2).allMatch(ProcessId::isAlive);
        for (ProcessId process : processes) {
            Path stat = Path.of("/proc/" + process.pid() + "/stat");
            if (Files.exists(stat)) {
                String line = Files.readString(stat);
                assertThat(line.charAt(line.lastIndexOf(')') + 2)).isNotEqualTo('T');
            }
        }
    }
}
