package io.gridctl;

/** Where a task stands. */
public enum TaskState {
    /** Not sent to an engine yet, or handed back by one. */
    WAITING,
    /** Sent to an engine: it runs there or will soon. */
    SENT,
    /** Ended with a value. */
    SUCCEEDED,
    /** Ended with an exception, or with the loss of its engine. */
    FAILED,
    /** Cancelled before it ended. */
    CANCELLED;

    /**
     * Whether it has ended, one way or another.
     *
     * @return true for the last three
     */
    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
}
