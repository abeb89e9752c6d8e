package io.gridctl.node.cluster;

import io.gridctl.GridException;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Starts a grid on this machine as processes that do not end with this one. */
public final class GridLauncher {
    private static final int LOG_LINES = 20;

    private GridLauncher() {}

    /**
     * Starts the anchor, which starts the engines. Returns once the anchor's process runs; {@link
     * RunningGrid#awaitReady} waits for the engines.
     *
     * @param home where the grid keeps its state
     * @param spec what to start
     * @return the grid
     * @throws GridAlreadyRunningException if a grid of that name runs, whole or in part
     * @throws IllegalArgumentException as {@link #check} does
     * @throws GridException if the anchor cannot be started
     */
    public static RunningGrid start(GridHome home, LaunchSpec spec) {
        check(spec);
        GridFolder folder = home.grid(spec.name());
        folder.create();
        try (FileChannel channel = FileChannel.open(
                        folder.lockFile(),
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        JsonFiles.ownerOnly("rw-------"));
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw new GridAlreadyRunningException("grid '" + spec.name() + "' is being started by somebody else");
            }
            refuseIfRunning(folder);
            folder.clean();
            folder.removeLogs();
            spec.write(folder.specFile());
            return launch(folder);
        } catch (IOException e) {
            throw new GridException(
                    "grid '" + spec.name() + "' cannot be started in " + folder.path() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Checks all that can be checked without changing anything.
     *
     * @param spec what to start
     * @throws IllegalArgumentException if so many engines, or such large ones, do not fit on this machine, or a path
     *     does not exist
     */
    public static void check(LaunchSpec spec) {
        spec.checkFits(MachineMemory.bytes());
        for (Path path : spec.classPath()) {
            if (!Files.exists(path)) {
                throw new IllegalArgumentException("the class path names " + path + ", which does not exist");
            }
        }
        if (!Files.isDirectory(spec.workFolder())) {
            throw new IllegalArgumentException("the folder " + spec.workFolder() + " does not exist");
        }
    }

    private static void refuseIfRunning(GridFolder folder) {
        if (folder.hasAnchor()) {
            throw new GridAlreadyRunningException("grid '" + folder.name()
                    + "' runs already; connect to it, or stop it with: " + "gridctl stop --name " + folder.name());
        }
        int left = folder.liveEngines().size();
        if (left > 0) {
            throw new GridAlreadyRunningException(
                    left + (left == 1 ? " engine" : " engines") + " of grid '" + folder.name()
                            + "' still " + (left == 1 ? "runs" : "run") + " without an anchor; end "
                            + (left == 1 ? "it" : "them")
                            + " with: gridctl stop --name " + folder.name());
        }
    }

    private static RunningGrid launch(GridFolder folder) throws IOException {
        List<String> command = new ArrayList<>(ownSession());
        command.addAll(JvmCommand.anchor(folder, Runtime.getRuntime().availableProcessors()));
        Path log = folder.log("anchor");
        Process anchor = new ProcessBuilder(command)
                .directory(folder.path().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        FileWatch<GridState> watch = FileWatch.ofState(folder);
        while (watch.look()
                .filter(state -> state.anchor().pid() == anchor.pid())
                .isEmpty()) {
            if (!anchor.isAlive()) {
                throw new GridException("the anchor of grid '" + folder.name() + "' cannot be started; the end of "
                        + log + ":\n" + String.join("\n", LogFiles.tail(log, LOG_LINES)));
            }
            LockSupport.parkNanos(RunningGrid.LOOK.toNanos());
        }
        return new RunningGrid(folder, ProcessId.of(anchor.toHandle()));
    }

    /**
     * Puts a process into a session of its own, so that the terminal's signals do not reach it and what it starts. Java
     * cannot do it; Linux has {@code setsid}, and macOS a Perl that can. Both become the process, under one process id.
     */
    static List<String> ownSession() {
        Optional<Path> setsid = onPath("setsid");
        if (setsid.isPresent()) {
            return List.of(setsid.get().toString());
        }
        return onPath("perl")
                .map(perl -> List.of(
                        perl.toString(),
                        "-e",
                        "use POSIX 'setsid'; setsid(); exec @ARGV or die \"$ARGV[0]: $!\"",
                        "--"))
                .orElse(List.of());
    }

    private static Optional<Path> onPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Stream.of(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
