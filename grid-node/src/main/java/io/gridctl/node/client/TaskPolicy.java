package io.gridctl.node.client;

import io.gridctl.node.task.FrameCall.Limits;
import java.time.Duration;

/**
 * What is done about a task's failures and its time.
 *
 * @param retries when it is tried again
 * @param waiting how long it may wait for an engine, zero for no limit
 * @param limits how long it may run
 * @param failFast whether the other items of its call are dropped when one has failed
 */
record TaskPolicy(Retries retries, Duration waiting, Limits limits, boolean failFast) {
    static final TaskPolicy NONE = new TaskPolicy(Retries.NONE, Duration.ZERO, Limits.NONE, false);

    TaskPolicy withRetries(Retries other) {
        return new TaskPolicy(other, waiting, limits, failFast);
    }

    TaskPolicy withWaiting(Duration other) {
        return new TaskPolicy(retries, other, limits, failFast);
    }

    TaskPolicy withRunning(Duration other) {
        return new TaskPolicy(retries, waiting, new Limits(other.toMillis(), limits.quietMillis()), failFast);
    }

    TaskPolicy withQuiet(Duration other) {
        return new TaskPolicy(retries, waiting, new Limits(limits.runMillis(), other.toMillis()), failFast);
    }

    TaskPolicy failingFast() {
        return new TaskPolicy(retries, waiting, limits, true);
    }
}
