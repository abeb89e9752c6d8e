package io.gridctl;

import java.time.Duration;

/** A task ran longer than its caller allowed. Its thread was interrupted; what it had done by then is unknown. */
public final class RunningTimeoutException extends GridException {
    private static final long serialVersionUID = 1L;

    private final int engineId;
    private final String taskId;
    private final Duration limit;

    /**
     * An exception with a message.
     *
     * @param message what happened, where, and what to do
     * @param engineId the engine it ran on
     * @param taskId the task
     * @param limit how long it was allowed to run
     */
    public RunningTimeoutException(String message, int engineId, String taskId, Duration limit) {
        super(message);
        this.engineId = engineId;
        this.taskId = taskId;
        this.limit = limit;
    }

    /**
     * The engine it ran on.
     *
     * @return the engine it ran on
     */
    public int engineId() {
        return engineId;
    }

    /**
     * The task.
     *
     * @return the task
     */
    public String taskId() {
        return taskId;
    }

    /**
     * How long it was allowed to run.
     *
     * @return how long it was allowed to run
     */
    public Duration limit() {
        return limit;
    }
}
