package io.gridctl;

/** There is no running grid where one was looked for. Start one, or name the right one. */
public final class GridNotFoundException extends GridException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception with a message.
     *
     * @param message what happened, where, and what to do
     */
    public GridNotFoundException(String message) {
        super(message);
    }

    /**
     * An exception with a message and a cause.
     *
     * @param message what happened, where, and what to do
     * @param cause what led to it
     */
    public GridNotFoundException(String message, Throwable cause) {
        super(message, cause);
    }
}
