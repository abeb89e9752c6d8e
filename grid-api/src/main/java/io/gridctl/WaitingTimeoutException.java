package io.gridctl;

import java.time.Duration;

/** A task waited for an engine longer than its caller allowed, and was not started. */
public final class WaitingTimeoutException extends GridException {
    private static final long serialVersionUID = 1L;

    private final Duration limit;

    /**
     * An exception with a message.
     *
     * @param message what happened, where, and what to do
     * @param limit how long it was allowed to wait
     */
    public WaitingTimeoutException(String message, Duration limit) {
        super(message);
        this.limit = limit;
    }

    /**
     * How long it was allowed to wait.
     *
     * @return how long it was allowed to wait
     */
    public Duration limit() {
        return limit;
    }
}
