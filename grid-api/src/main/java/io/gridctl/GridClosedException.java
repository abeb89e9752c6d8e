package io.gridctl;

/** The grid object was closed, by its owner or because the whole grid ended. Open a new one. */
public final class GridClosedException extends GridException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception with a message.
     *
     * @param message what happened, where, and what to do
     */
    public GridClosedException(String message) {
        super(message);
    }

    /**
     * An exception with a message and a cause.
     *
     * @param message what happened, where, and what to do
     * @param cause what led to it
     */
    public GridClosedException(String message, Throwable cause) {
        super(message, cause);
    }
}
