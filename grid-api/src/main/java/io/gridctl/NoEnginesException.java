package io.gridctl;

/** No engine is there to do the work: none is running, or a selection matched none. */
public final class NoEnginesException extends GridException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception with a message.
     *
     * @param message what happened, where, and what to do
     */
    public NoEnginesException(String message) {
        super(message);
    }

    /**
     * An exception with a message and a cause.
     *
     * @param message what happened, where, and what to do
     * @param cause what led to it
     */
    public NoEnginesException(String message, Throwable cause) {
        super(message, cause);
    }
}
