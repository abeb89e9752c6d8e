package io.gridctl;

/** A grid was named, but it cannot be used: it does not answer, its file is broken, or it has another version. */
public final class GridConnectionException extends GridException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception with a message.
     *
     * @param message what happened, where, and what to do
     */
    public GridConnectionException(String message) {
        super(message);
    }

    /**
     * An exception with a message and a cause.
     *
     * @param message what happened, where, and what to do
     * @param cause what led to it
     */
    public GridConnectionException(String message, Throwable cause) {
        super(message, cause);
    }
}
