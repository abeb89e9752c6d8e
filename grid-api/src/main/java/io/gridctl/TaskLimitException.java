package io.gridctl;

import java.time.Duration;

/** A task kept no limit that its caller had set. Its thread was interrupted; what it had done by then is unknown. */
public abstract sealed class TaskLimitException extends GridException
        permits NoProgressException, RunningTimeoutException {
    private static final long serialVersionUID = 1L;

    private final int engineId;
    private final String taskId;
    private final Duration limit;

    TaskLimitException(String message, int engineId, String taskId, Duration limit) {
        super(message);
        this.engineId = engineId;
        this.taskId = taskId;
        this.limit = limit;
    }

    /**
     * The engine it ran on.
     *
     * @return the engine's id
     */
    public int engineId() {
        return engineId;
    }

    /**
     * The task.
     *
     * @return the task's id
     */
    public String taskId() {
        return taskId;
    }

    /**
     * How long it was allowed to run, or to be quiet.
     *
     * @return the limit that it did not keep
     */
    public Duration limit() {
        return limit;
    }
}
