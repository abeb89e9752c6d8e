package io.gridctl.node.client;

import io.gridctl.node.task.FrameCall.Limits;
import java.time.Duration;

/**
 * What is done about a task's failures and its time.
 *
 * @param retries when it is tried again
 * @param waiting how long it may wait for an engine, zero for no limit
 * @param limits how long it may run
 */
record TaskPolicy(Retries retries, Duration waiting, Limits limits) {
    static final TaskPolicy NONE = new TaskPolicy(Retries.NONE, Duration.ZERO, Limits.NONE);

    TaskPolicy withRetries(Retries other) {
        return new TaskPolicy(other, waiting, limits);
    }

    TaskPolicy withWaiting(Duration other) {
        return new TaskPolicy(retries, other, limits);
    }

    TaskPolicy withRunning(Duration other) {
        return new TaskPolicy(retries, waiting, new Limits(other.toMillis(), limits.quietMillis()));
    }

    TaskPolicy withQuiet(Duration other) {
        return new TaskPolicy(retries, waiting, new Limits(limits.runMillis(), other.toMillis()));
    }
}
