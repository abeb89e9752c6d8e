package io.gridctl.node.cluster;

import io.gridctl.node.cluster.GridState.EnginePhase;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one engine id filled: starts its process and starts it again. Confined to the supervisor's thread. */
final class EngineKeeper {
    private static final Logger log = LoggerFactory.getLogger(EngineKeeper.class);

    /** How a process for an engine is started. */
    interface Launcher {
        Running launch(int id) throws IOException;
    }

    /** A started process. */
    interface Running {
        ProcessId process();

        /** Whether it has said that it takes work. */
        boolean isReady();

        /** How it ended, or empty if it runs. */
        Optional<String> ended();

        void kill();

        /** Asks it for a sign of life, without waiting. */
        void ask(Runnable answered);
    }

    private static final Duration LONGEST_START = Duration.ofSeconds(90);

    private final int id;
    private final Launcher launcher;
    private final RestartPolicy policy;

    private @Nullable Running running;
    private EnginePhase phase = EnginePhase.WAITING;
    private boolean wasReady;
    private int failures;
    private int restarts;
    private long startedNanos;
    private long readyNanos;
    private long nextStartNanos;
    private @Nullable Pulse pulse;
    private String message = "";
    private String lastEnd = "";

    /** Why it was killed, if it was. */
    private Optional<String> verdict = Optional.empty();

    EngineKeeper(int id, Launcher launcher, RestartPolicy policy) {
        this.id = id;
        this.launcher = launcher;
        this.policy = policy;
    }

    void start(long now) {
        startedNanos = now;
        verdict = Optional.empty();
        try {
            running = launcher.launch(id);
            phase = EnginePhase.STARTING;
        } catch (IOException e) {
            running = null;
            failed(now, "it cannot be started: " + e.getMessage());
        }
    }

    /**
     * Looks after the engine.
     *
     * @return whether anything changed
     */
    boolean tend(long now) {
        return switch (phase) {
            case STARTING -> tendStarting(now);
            case READY -> tendReady(now);
            case WAITING -> tendWaiting(now);
            case GIVEN_UP -> false;
        };
    }

    private boolean tendStarting(long now) {
        Running process = running();
        Optional<String> end = process.ended();
        if (end.isPresent()) {
            failed(now, "it ended while it started, " + end.get());
            return true;
        }
        if (process.isReady()) {
            phase = EnginePhase.READY;
            wasReady = true;
            readyNanos = now;
            message = "";
            pulse = new Pulse(process::ask, now);
            log.info("engine {} is ready, process {}", id, process.process().pid());
            return true;
        }
        if (now - startedNanos > LONGEST_START.toNanos()) {
            process.kill();
            failed(now, "it was not ready after " + LONGEST_START.toSeconds() + " s");
            return true;
        }
        return false;
    }

    private boolean tendReady(long now) {
        Optional<String> end = running().ended();
        if (end.isEmpty()) {
            return listen(now);
        }
        if (policy.forgives(Duration.ofNanos(now - readyNanos))) {
            failures = 0;
        }
        failed(now, verdict.orElse("it died, " + end.get()));
        return true;
    }

    /** One that hangs is killed first, and replaced when its process has ended. */
    private boolean listen(long now) {
        if (pulse == null || verdict.isPresent()) {
            return false;
        }
        Duration silence = pulse.silence(now);
        if (silence.compareTo(Pulse.HUNG) >= 0) {
            verdict = Optional.of("it hung: it had not answered for " + silence.toSeconds() + " s and was killed");
            log.warn("engine {}: process {} has not answered for {} s and is killed", id, pid(), silence.toSeconds());
            kill();
            return false;
        }
        boolean suspected = silence.compareTo(Pulse.SUSPECT) >= 0;
        if (suspected == !message.isEmpty()) {
            return false;
        }
        message = suspected
                ? "it does not answer; it is killed and started again if it stays so for " + Pulse.HUNG.toSeconds()
                        + " s"
                : "";
        if (suspected) {
            log.warn("engine {}: process {} does not answer", id, pid());
        } else {
            log.info("engine {}: process {} answers again", id, pid());
        }
        return true;
    }

    private long pid() {
        return running().process().pid();
    }

    private boolean tendWaiting(long now) {
        if (now - nextStartNanos < 0) {
            return false;
        }
        restarts++;
        start(now);
        return true;
    }

    private void failed(long now, String why) {
        failures++;
        lastEnd = why;
        Optional<Duration> delay = policy.delayAfter(failures);
        if (delay.isPresent()) {
            phase = EnginePhase.WAITING;
            nextStartNanos = now + delay.get().toNanos();
            message = why;
            log.warn(
                    "engine {}: {}; it starts again in {} ms",
                    id,
                    why,
                    delay.get().toMillis());
        } else {
            phase = EnginePhase.GIVEN_UP;
            message = why + "; given up after " + failures + " failures in a row, see its log";
            log.error("engine {}: {}", id, message);
        }
    }

    void kill() {
        if (running != null) {
            running.kill();
        }
    }

    /** Whether this engine needs to be looked at often. */
    boolean isStarting() {
        return phase == EnginePhase.STARTING;
    }

    boolean isReady() {
        return phase == EnginePhase.READY;
    }

    /** Whether it ended before it ever took work. */
    boolean neverWasReady() {
        return failures > 0 && !wasReady;
    }

    GridState.EngineProcess state() {
        return new GridState.EngineProcess(
                id, Optional.ofNullable(running).map(Running::process), phase, restarts, message, lastEnd);
    }

    private Running running() {
        if (running == null) {
            throw new IllegalStateException("engine " + id + " has no process in phase " + phase);
        }
        return running;
    }
}
