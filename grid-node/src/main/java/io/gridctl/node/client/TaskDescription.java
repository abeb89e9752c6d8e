package io.gridctl.node.client;

import io.gridctl.Task;
import io.gridctl.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the API's description of a task from what is remembered of it; a time of 0 is one that has not come. */
final class TaskDescription {
    private TaskDescription() {}

    static Task of(
            String id,
            TaskState state,
            @Nullable EngineRef engine,
            int attempts,
            Instant submitted,
            long startedMillis,
            long ranNanos,
            long receivedMillis,
            String stdout,
            String stderr) {
        Optional<Instant> started = instant(startedMillis);
        return new Task(
                id,
                state,
                Optional.ofNullable(engine).map(EngineRef::id),
                attempts,
                submitted,
                started,
                started.map(from -> from.plusNanos(ranNanos)),
                instant(receivedMillis),
                Duration.ofNanos(ranNanos),
                stdout,
                stderr);
    }

    private static Optional<Instant> instant(long millis) {
        return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
