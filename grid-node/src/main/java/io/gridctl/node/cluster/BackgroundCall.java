package io.gridctl.node.cluster;

import io.gridctl.GridException;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A command that goes on when the one that began it has returned: a process of its own, which is a client of the grid,
 * and a folder for what it prints and its exit code. The folder is there until the grid is stopped, or until a hundred
 * later ones have ended.
 */
public final class BackgroundCall {
    /** Tells a process which call it is. */
    private static final String PROPERTY = "gridctl.call";

    private static final String PROCESS = "process.json";
    private static final String BEGUN = "begun.json";
    private static final String END = "end.json";
    private static final int KEPT = 100;

    private final Path folder;

    private BackgroundCall(Path folder) {
        this.folder = folder;
    }

    /**
     * The call that this process is.
     *
     * @return empty in any other process
     */
    public static Optional<BackgroundCall> ofThisProcess() {
        return Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of).map(BackgroundCall::new);
    }

    /**
     * A call that was begun before.
     *
     * @param grid the grid it uses
     * @param id what {@link #id} said
     * @return the call
     * @throws IllegalArgumentException if there is none of that number
     */
    public static BackgroundCall of(GridFolder grid, int id) {
        BackgroundCall call = new BackgroundCall(grid.calls().resolve(Integer.toString(id)));
        if (!Files.exists(call.folder.resolve(PROCESS))) {
            throw new IllegalArgumentException("grid '" + grid.name() + "' keeps no call " + id + "; there are "
                    + (all(grid).isEmpty()
                            ? "none"
                            : String.join(
                                    ", ",
                                    all(grid).stream()
                                            .map(there -> Integer.toString(there.id()))
                                            .toList())));
        }
        return call;
    }

    /**
     * Starts a command in a process that a closed terminal does not end.
     *
     * @param grid the grid it uses
     * @param main the class whose {@code main} understands the arguments
     * @param arguments its arguments
     * @param input its standard input
     * @return the call, whose process has only just been started
     * @throws GridException if it cannot be started
     */
    public static BackgroundCall start(GridFolder grid, Class<?> main, List<String> arguments, String input) {
        try {
            forgetOld(grid);
            BackgroundCall call = new BackgroundCall(freshFolder(grid.calls()));
            Files.writeString(call.input(), input);
            List<String> command = new ArrayList<>(GridLauncher.ownSession());
            command.addAll(JvmCommand.small());
            command.add("-D" + PROPERTY + "=" + call.folder);
            command.addAll(List.of("-cp", Installation.classPath(), main.getName()));
            command.addAll(arguments);
            Process process = new ProcessBuilder(command)
                    .redirectInput(Redirect.from(call.input().toFile()))
                    .redirectOutput(call.output().toFile())
                    .redirectError(call.errors().toFile())
                    .start();
            Map<String, Object> json = new LinkedHashMap<>();
            ProcessId.of(process.toHandle()).into(json);
            JsonFiles.write(call.folder.resolve(PROCESS), json);
            return call;
        } catch (IOException e) {
            throw new GridException("nothing can be begun in " + grid.calls() + ": " + e.getMessage(), e);
        }
    }

    private static Path freshFolder(Path calls) throws IOException {
        JsonFiles.createFolder(calls);
        int last = calls(calls).stream().mapToInt(BackgroundCall::id).max().orElse(0);
        Path folder = calls.resolve(Integer.toString(last + 1));
        try {
            return Files.createDirectory(folder, JsonFiles.ownerOnly("rwx------"));
        } catch (FileAlreadyExistsException taken) {
            return freshFolder(calls); // somebody began something at the same moment
        }
    }

    private static void forgetOld(GridFolder grid) throws IOException {
        List<BackgroundCall> ended = all(grid).stream()
                .filter(call -> Files.exists(call.folder.resolve(END)))
                .toList();
        ended.subList(0, Math.max(0, ended.size() - KEPT)).forEach(call -> GridFolder.removeAll(call.folder));
    }

    private static List<BackgroundCall> all(GridFolder grid) {
        try {
            return calls(grid.calls());
        } catch (IOException e) {
            throw new GridException("the folder " + grid.calls() + " cannot be read", e);
        }
    }

    /** In the order in which they were begun. */
    private static List<BackgroundCall> calls(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(call -> call.getFileName().toString().matches("\\d{1,9}"))
                    .map(BackgroundCall::new)
                    .sorted(Comparator.comparingInt(BackgroundCall::id))
                    .toList();
        }
    }

    /**
     * What it is known by.
     *
     * @return a number, from 1; higher for those begun later
     */
    public int id() {
        return Integer.parseInt(folder.getFileName().toString());
    }

    /** Says that the grid has taken the work; called by the call's own process. */
    public void begun() {
        write(BEGUN, Map.of());
    }

    /**
     * Says that all has been printed; called by the call's own process.
     *
     * @param exitCode what the process ends with
     */
    public void ended(int exitCode) {
        write(END, Map.of("exitCode", exitCode));
    }

    private void write(String file, Map<String, ?> content) {
        try {
            JsonFiles.write(folder.resolve(file), content);
        } catch (IOException e) {
            throw new GridException("call " + id() + " can keep nothing in " + folder + " any more", e);
        }
    }

    /**
     * Waits until the grid has taken the work, or the call has ended.
     *
     * @return false if it has ended before, and so has failed
     * @throws InterruptedException if this thread is interrupted; the call goes on
     */
    public boolean awaitBegun() throws InterruptedException {
        awaitFile(BEGUN);
        return Files.exists(folder.resolve(BEGUN));
    }

    /**
     * Waits for the end, prints what the call has printed, and gives its exit code.
     *
     * @param out takes its standard output
     * @param err takes its standard error
     * @return the exit code
     * @throws GridException if its process was ended from outside
     * @throws InterruptedException if this thread is interrupted; the call goes on
     */
    public int awaitEnd(PrintWriter out, PrintWriter err) throws InterruptedException {
        boolean ended = awaitFile(END);
        try {
            copy(output(), out);
            copy(errors(), err);
            if (!ended) {
                throw new GridException("the process of call " + id() + " was ended from outside; begin it anew");
            }
            return (int) JsonFiles.read(folder.resolve(END)).number("exitCode").orElse(1);
        } catch (IOException e) {
            throw new GridException("what call " + id() + " has printed cannot be read: " + e.getMessage(), e);
        }
    }

    /** Asks it to end: its process cancels the work and says so. */
    public void cancel() {
        process().ifPresent(ProcessId::terminate);
    }

    /** Whether the file came before the process ended. */
    private boolean awaitFile(String name) throws InterruptedException {
        Path file = folder.resolve(name);
        while (!Files.exists(file)) {
            if (process().filter(ProcessId::isAlive).isEmpty()) {
                return Files.exists(file);
            }
            LockSupport.parkNanos(RunningGrid.LOOK.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return true;
    }

    private Optional<ProcessId> process() {
        try {
            return ProcessId.from(JsonFiles.read(folder.resolve(PROCESS)));
        } catch (IOException stopped) {
            return Optional.empty(); // with the grid, the folder is gone
        }
    }

    private Path input() {
        return folder.resolve("in");
    }

    private Path output() {
        return folder.resolve("out");
    }

    private Path errors() {
        return folder.resolve("err");
    }

    private static void copy(Path file, PrintWriter to) throws IOException {
        to.print(Files.readString(file, StandardCharsets.UTF_8));
        to.flush();
    }
}
