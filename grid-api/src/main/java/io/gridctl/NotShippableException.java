package io.gridctl;

/** A function or value cannot be sent to an engine; the message gives the path to the part that cannot, and what to do. Nothing was sent. */
public final class NotShippableException extends GridException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception with a message.
     *
     * @param message what happened, where, and what to do
     */
    public NotShippableException(String message) {
        super(message);
    }

    /**
     * An exception with a message and a cause.
     *
     * @param message what happened, where, and what to do
     * @param cause what led to it
     */
    public NotShippableException(String message, Throwable cause) {
        super(message, cause);
    }
}
