package io.gridctl.node.cluster;

import io.gridctl.node.cluster.GridState.Phase;
import io.gridctl.node.engine.EngineCore;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps all engine ids of an anchor filled and writes down how they are. One thread does everything; it sleeps until
 * an engine ends, and looks more often while engines come up.
 */
final class Supervisor {
    private static final Logger log = LoggerFactory.getLogger(Supervisor.class);

    private static final Duration LOOK_WHILE_STARTING = Duration.ofMillis(10);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration LIMIT_LOGS_EVERY = Duration.ofSeconds(5);

    private static final Pattern DEBUGGER = Pattern.compile(".*(jdwp|-Xdebug).*");

    /** What a JVM prints when {@code ExitOnOutOfMemoryError} ends it. */
    private static final Pattern OUT_OF_MEMORY =
            Pattern.compile("Terminating due to java\\.lang\\.OutOfMemoryError: (.*)");

    private static final int OUT_OF_MEMORY_CODE = 3;
    private static final int LAST_LINES = 20;

    /** Asks processes of engines for a sign of life. */
    interface Pinger {
        /** Asks without waiting; {@code answered} is called, on any thread, if and when there is an answer. */
        void ping(long pid, Runnable answered);
    }

    private final GridFolder folder;
    private final LaunchSpec spec;
    private final List<EngineKeeper> keepers = new ArrayList<>();
    private final LinkedBlockingQueue<Integer> wakeUps = new LinkedBlockingQueue<>();
    private final Runnable onChange;
    private final Pinger pinger;
    private Phase phase = Phase.STARTING;
    private String message = "";
    private long logsLimitedNanos = System.nanoTime();

    /**
     * Prepares to supervise.
     *
     * @param pinger asks engines for a sign of life
     * @param onChange called on the supervising thread whenever an engine came or went
     */
    Supervisor(GridFolder folder, LaunchSpec spec, Pinger pinger, Runnable onChange) {
        this.pinger = pinger;
        this.folder = folder;
        this.spec = spec;
        this.onChange = onChange;
        for (int id = 0; id < spec.engines(); id++) {
            keepers.add(new EngineKeeper(id, this::launch, RestartPolicy.standard()));
        }
    }

    /** Starts all engines for the first time, without waiting for them. */
    synchronized void start() throws IOException {
        for (EngineKeeper keeper : keepers) {
            keeper.start(System.nanoTime());
        }
        write();
    }

    /**
     * Watches until an engine cannot be started in the beginning, or the grid is stopped.
     *
     * @return whether the grid is to end because it failed
     * @throws InterruptedException if this thread is interrupted
     * @throws IOException if the state cannot be written down
     */
    boolean watch() throws InterruptedException, IOException {
        while (true) {
            boolean starting;
            synchronized (this) {
                if (phase == Phase.STOPPING) {
                    return false;
                }
                tend();
                if (phase == Phase.FAILED) {
                    return true;
                }
                starting = keepers.stream().anyMatch(EngineKeeper::isStarting);
            }
            Integer woken = wakeUps.poll((starting ? LOOK_WHILE_STARTING : LOOK).toNanos(), TimeUnit.NANOSECONDS);
            if (woken != null) {
                log.debug("engine {} ended", woken);
            }
        }
    }

    private void tend() throws IOException {
        long now = System.nanoTime();
        boolean changed = false;
        for (EngineKeeper keeper : keepers) {
            changed |= keeper.tend(now);
        }
        if (phase == Phase.STARTING) {
            judgeStart();
        }
        if (changed) {
            write();
            onChange.run();
        }
        if (now - logsLimitedNanos > LIMIT_LOGS_EVERY.toNanos()) {
            logsLimitedNanos = now;
            LogFiles.limit(folder.logs());
        }
    }

    private void judgeStart() {
        if (keepers.stream().allMatch(EngineKeeper::isReady)) {
            phase = Phase.RUNNING;
            log.info("all {} engines are ready", keepers.size());
        }
        for (EngineKeeper keeper : keepers) {
            if (keeper.neverWasReady()) {
                var engine = keeper.state();
                phase = Phase.FAILED;
                message = "engine " + engine.id() + " cannot be started: " + engine.message();
                killAll();
                return;
            }
        }
    }

    /**
     * Ends all engines at once, without handing data over; none is started again.
     *
     * @return whether the grid had failed before
     */
    synchronized boolean stop() {
        boolean failed = phase == Phase.FAILED;
        phase = failed ? Phase.FAILED : Phase.STOPPING;
        killAll();
        return failed;
    }

    private void killAll() {
        keepers.forEach(EngineKeeper::kill);
    }

    private void write() throws IOException {
        new GridState(
                        ProcessId.current(),
                        phase,
                        message,
                        keepers.stream().map(EngineKeeper::state).toList())
                .write(folder.stateFile());
    }

    private EngineKeeper.Running launch(int id) throws IOException {
        List<String> command =
                JvmCommand.engine(folder, spec, id, Runtime.getRuntime().availableProcessors());
        Files.deleteIfExists(folder.engineFile(id));
        ProcessBuilder engine = new ProcessBuilder(command)
                .directory(spec.workFolder().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.log("engine-" + id).toFile()));
        // A task that connects finds the grid that it runs on, whatever other grids there are.
        engine.environment()
                .put(ConnectionFile.VARIABLE, folder.connectionFile().toString());
        Process process = engine.start();
        var unused = process.onExit().thenRun(() -> wakeUps.add(id));
        return new EngineRun(id, process, ProcessId.of(process.toHandle()));
    }

    /** An engine's process. */
    private final class EngineRun implements EngineKeeper.Running {
        private final int id;
        private final Process child;
        private final ProcessId process;
        private final FileWatch<EngineFile> said;

        EngineRun(int id, Process child, ProcessId process) {
            this.id = id;
            this.child = child;
            this.process = process;
            said = new FileWatch<>(folder.engineFile(id), EngineFile::read);
        }

        @Override
        public ProcessId process() {
            return process;
        }

        @Override
        public boolean isReady() {
            return said.look()
                    .filter(EngineFile::ready)
                    .filter(engine -> engine.process().pid() == process.pid())
                    .isPresent();
        }

        @Override
        public Optional<String> ended() {
            return child.isAlive() ? Optional.empty() : Optional.of(end());
        }

        private String end() {
            String code = "exit code " + child.exitValue();
            if (child.exitValue() == EngineCore.REPLACED) {
                return "for a task that ignored its cancellation by force, " + code;
            }
            return LogFiles.tail(folder.log("engine-" + id), LAST_LINES).stream()
                    .map(OUT_OF_MEMORY::matcher)
                    .filter(Matcher::matches)
                    .reduce((earlier, later) -> later)
                    .filter(said -> child.exitValue() == OUT_OF_MEMORY_CODE)
                    .map(said -> "out of memory (" + said.group(1) + "), " + code
                            + "; give engines more with --heap, or hold less in a task at once")
                    .orElse(code);
        }

        /** One that is being debugged may well stand still. */
        @Override
        public void ask(Runnable answered) {
            if (spec.jvmArgs().stream()
                    .anyMatch(argument -> DEBUGGER.matcher(argument).matches())) {
                answered.run();
            } else {
                pinger.ping(process.pid(), answered);
            }
        }

        @Override
        public void kill() {
            child.destroyForcibly();
        }
    }
}
