package io.gridctl;

/** Something did not happen in the time that the caller gave it. */
public final class GridTimeoutException extends GridException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception with a message.
     *
     * @param message what happened, where, and what to do
     */
    public GridTimeoutException(String message) {
        super(message);
    }

    /**
     * An exception with a message and a cause.
     *
     * @param message what happened, where, and what to do
     * @param cause what led to it
     */
    public GridTimeoutException(String message, Throwable cause) {
        super(message, cause);
    }
}
