package io.gridctl.node.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that is never mistaken for another one that got the same number later: the number together with the time
 * it started.
 *
 * @param pid its number
 * @param startedMillis when it started, in milliseconds since 1970; 0 where the system does not tell
 */
public record ProcessId(long pid, long startedMillis) {
    /** The kernel derives start times from the clock, which may have been set since; a pid is not reused that soon. */
    private static final long TOLERANCE_MILLIS = 5_000;

    static ProcessId current() {
        return of(ProcessHandle.current());
    }

    static ProcessId of(ProcessHandle handle) {
        return new ProcessId(
                handle.pid(),
                handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
    }

    static Optional<ProcessId> from(JsonNode json) {
        return json.path("pid").isIntegralNumber()
                ? Optional.of(new ProcessId(
                        json.path("pid").longValue(), json.path("startedMillis").longValue()))
                : Optional.empty();
    }

    void into(ObjectNode json) {
        json.put("pid", pid).put("startedMillis", startedMillis);
    }

    /**
     * Whether this very process still runs. One that has ended and that its parent has not yet noticed does not.
     *
     * @return whether it runs
     */
    public boolean isAlive() {
        return handle().isPresent();
    }

    /** Ends it at once, if it still runs. */
    void kill() {
        handle().ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Asks it to end, if it still runs. */
    void terminate() {
        handle().ifPresent(ProcessHandle::destroy);
    }

    private Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(this::startedThen)
                .filter(process -> !hasEnded(process));
    }

    private boolean startedThen(ProcessHandle process) {
        if (startedMillis == 0) {
            return true;
        }
        return process.info()
                .startInstant()
                .map(start -> Math.abs(start.toEpochMilli() - startedMillis) <= TOLERANCE_MILLIS)
                .orElse(true);
    }

    /** A process whose parent is stopped, or never asks, stays in the table when it has ended. */
    private static boolean hasEnded(ProcessHandle process) {
        Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        if (!Files.isDirectory(stat.getParent())) {
            return process.info().command().isEmpty();
        }
        try {
            String line = Files.readString(stat, StandardCharsets.ISO_8859_1);
            int afterName = line.lastIndexOf(')') + 2;
            char state = afterName < line.length() ? line.charAt(afterName) : 'X';
            return state == 'Z' || state == 'X';
        } catch (IOException e) {
            return !process.isAlive();
        }
    }
}
