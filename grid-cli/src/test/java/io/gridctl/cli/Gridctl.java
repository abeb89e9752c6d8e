package io.gridctl.cli;

import static org.awaitility.Awaitility.await;

import io.gridctl.node.cluster.GridFolder;
import io.gridctl.node.cluster.GridHome;
import io.gridctl.node.cluster.GridState;
import io.gridctl.node.cluster.GridState.EnginePhase;
import io.gridctl.node.cluster.GridState.EngineProcess;
import io.gridctl.node.cluster.ProcessId;
import io.gridctl.node.cluster.RunningGrid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The built {@code gridctl} with a home of its own; closing it ends whatever the test started. */
public final class Gridctl implements AutoCloseable {
    public static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path folder;
    private final GridHome home;
    private final List<Process> started = new ArrayList<>();
    private int runs;

    public Gridctl(Path folder) {
        this.folder = folder;
        this.home = GridHome.at(folder.resolve("home"));
    }

    /** What a command did. */
    public record Result(int exitCode, String out, String err) {}

    public GridHome home() {
        return home;
    }

    public GridFolder grid() {
        return home.grid(GridHome.DEFAULT_NAME);
    }

    public static Path script() {
        return Path.of(System.getProperty("gridctl.script")).toAbsolutePath().normalize();
    }

    /** The folder of the jars that a program needs to reach a grid. */
    public static Path library() {
        return script().resolveSibling("grid-cli/target/gridctl/lib");
    }

    public Map<String, String> environment() {
        Path java = Path.of(System.getProperty("gridctl.java"));
        return Map.of(
                "GRIDCTL_HOME",
                home.root().toString(),
                "JAVA_HOME",
                java.getParent().getParent().toString());
    }

    public Result run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    public Result run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        int run = ++runs;
        Process process = launch(run, environment, arguments);
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("gridctl " + List.of(arguments) + " still runs: " + text(run, "err"));
        }
        return new Result(process.exitValue(), text(run, "out"), text(run, "err"));
    }

    /** Starts a command and leaves it running. */
    Process launch(String... arguments) throws IOException {
        return launch(++runs, Map.of(), arguments);
    }

    private Process launch(int run, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(script().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve(run + ".out").toFile())
                .redirectError(folder.resolve(run + ".err").toFile());
        builder.environment().remove("GRIDCTL_GRID");
        builder.environment().putAll(environment());
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private String text(int run, String stream) throws IOException {
        return Files.readString(folder.resolve(run + "." + stream));
    }

    /** What the last command has printed so far. */
    String output() throws IOException {
        return text(runs, "out");
    }

    GridState awaitReady(int engines) {
        return await().atMost(PATIENCE)
                .until(
                        () -> grid().state()
                                .filter(state -> state.readyEngines() == engines
                                        && state.engines().size() == engines),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** The processes of the engines that are ready, in the order of their ids. */
    public List<ProcessId> engines() {
        return grid().state().map(GridState::engines).orElse(List.of()).stream()
                .filter(engine -> engine.phase() == EnginePhase.READY)
                .map(EngineProcess::process)
                .flatMap(Optional::stream)
                .toList();
    }

    public static void kill(ProcessId process) {
        ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() throws IOException {
        for (GridFolder grid : home.running()) {
            RunningGrid.stop(grid);
        }
        started.forEach(Process::destroyForcibly);
    }
}
