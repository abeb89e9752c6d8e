package io.gridctl;

import java.time.Duration;

/** A task ran longer than its caller allowed. Its thread was interrupted; what it had done by then is unknown. */
public final class RunningTimeoutException extends TaskLimitException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception with a message.
     *
     * @param message what happened, where, and what to do
     * @param engineId the engine it ran on
     * @param taskId the task
     * @param limit how long it was allowed to run
     */
    public RunningTimeoutException(String message, int engineId, String taskId, Duration limit) {
        super(message, engineId, taskId, limit);
    }
}
