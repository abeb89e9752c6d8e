package io.gridctl.node.cluster;

import io.gridctl.GridException;
import io.gridctl.GridNotFoundException;
import io.gridctl.node.cluster.GridState.EngineProcess;
import io.gridctl.node.cluster.GridState.Phase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A grid of processes on this machine, as whoever started it or wants to end it sees it. */
public final class RunningGrid {
    static final Duration LOOK = Duration.ofMillis(10);
    private static final Duration LOOK_FOR_END = Duration.ofMillis(100);

    /** Whether a process lives costs far more to find out than whether a file has changed, and takes from the start. */
    private static final int LOOKS_PER_SIGN_OF_LIFE = 10;

    private static final Duration STOP_POLITELY = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final int LOG_LINES = 20;

    private final GridFolder folder;
    private final ProcessId anchor;

    RunningGrid(GridFolder folder, ProcessId anchor) {
        this.folder = folder;
        this.anchor = anchor;
    }

    /**
     * What it keeps on this machine.
     *
     * @return its folder
     */
    public GridFolder folder() {
        return folder;
    }

    /**
     * What clients connect with.
     *
     * @return where the connection file is
     */
    public Path connectionFile() {
        return folder.connectionFile();
    }

    /**
     * Waits until all engines take work. If one cannot be started, everything is stopped.
     *
     * @param progress told of the state whenever it changed, on the calling thread
     * @throws GridException if an engine cannot be started, with the last lines of its log; or if the grid was stopped
     * @throws InterruptedException if this thread is interrupted; the grid goes on
     */
    public void awaitReady(Consumer<GridState> progress) throws InterruptedException {
        FileWatch<GridState> watch = FileWatch.ofState(folder);
        Optional<GridState> last = Optional.empty();
        for (int look = 0; ; look++) {
            boolean alive = look % LOOKS_PER_SIGN_OF_LIFE != 0 || anchor.isAlive();
            Optional<GridState> state =
                    watch.look().filter(found -> found.anchor().pid() == anchor.pid());
            if (state.isPresent() && !state.equals(last)) {
                last = state;
                progress.accept(state.get());
            }
            Optional<Phase> phase = state.map(GridState::phase);
            if (phase.equals(Optional.of(Phase.RUNNING))) {
                return;
            }
            if (!alive || phase.equals(Optional.of(Phase.FAILED))) {
                GridException failure = failure(state);
                end(folder);
                throw failure;
            }
            pause(LOOK);
        }
    }

    private GridException failure(Optional<GridState> state) {
        if (state.isEmpty()) {
            return new GridException("grid '" + folder.name() + "' was stopped while it started");
        }
        Optional<EngineProcess> engine = state.get().engines().stream()
                .filter(candidate -> !candidate.message().isEmpty())
                .findFirst();
        String log = engine.map(found -> "engine-" + found.id()).orElse("anchor");
        String message = state.get().message();
        return new GridException(
                (message.isEmpty() ? "the anchor died while the grid started" : message) + "; the end of "
                        + folder.log(log) + ":\n" + String.join("\n", LogFiles.tail(folder.log(log), LOG_LINES)));
    }

    /**
     * Waits until the grid has been stopped, by whomever.
     *
     * @param progress told of the state whenever it changed, on the calling thread
     * @throws GridException if the anchor died and the engines go on without it
     * @throws InterruptedException if this thread is interrupted; the grid goes on
     */
    public void awaitEnd(Consumer<GridState> progress) throws InterruptedException {
        FileWatch<GridState> watch = FileWatch.ofState(folder);
        Optional<GridState> last = Optional.empty();
        while (anchor.isAlive()) {
            Optional<GridState> state = watch.look();
            if (state.isPresent() && !state.equals(last)) {
                last = state;
                progress.accept(state.get());
            }
            pause(LOOK_FOR_END);
        }
        int left = folder.liveEngines().size();
        if (left > 0 && Files.exists(folder.stateFile())) {
            throw new GridException("the anchor of grid '" + folder.name() + "' died; " + left
                    + " engines go on, with nobody to keep a copy of what they hold or to start them again; end them with: "
                    + "gridctl stop --name " + folder.name());
        }
    }

    /** Ends the grid at once, without handing data over, and removes all it left but the logs. May be called twice. */
    public void stop() {
        end(folder);
    }

    /**
     * Ends a grid at once, whoever started it: the anchor and the engines, or engines that lost their anchor.
     *
     * @param folder the grid
     * @throws GridNotFoundException if nothing of it runs
     * @throws GridException if a process of it cannot be ended
     */
    public static void stop(GridFolder folder) {
        boolean ran = folder.isRunning();
        end(folder);
        if (!ran) {
            throw new GridNotFoundException("nothing to stop: no grid named '" + folder.name() + "' runs here");
        }
    }

    private static void end(GridFolder folder) {
        Optional<ProcessId> anchor = folder.state().map(GridState::anchor);
        Set<ProcessId> processes = folder.processes();
        if (anchor.isPresent() && anchor.get().isAlive()) {
            anchor.get().terminate();
            awaitDeath(processes, STOP_POLITELY);
            processes.addAll(folder.processes());
        }
        processes.forEach(ProcessId::kill);
        List<ProcessId> left = awaitDeath(processes, STOP);
        if (!left.isEmpty()) {
            throw new GridException("the processes "
                    + left.stream().map(process -> Long.toString(process.pid())).toList() + " of grid '"
                    + folder.name() + "' cannot be ended; does another user own them?");
        }
        folder.clean();
    }

    private static List<ProcessId> awaitDeath(Collection<ProcessId> processes, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            List<ProcessId> left = processes.stream().filter(ProcessId::isAlive).toList();
            if (left.isEmpty() || System.nanoTime() - deadline > 0) {
                return left;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private static void pause(Duration pause) throws InterruptedException {
        LockSupport.parkNanos(pause.toNanos());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
