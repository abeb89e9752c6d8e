package io.gridctl;

/** A call was to begin after others, and that cannot be: one of them failed, or they ask for different engines. */
public final class DependencyException extends GridException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception with a message.
     *
     * @param message what happened, where, and what to do
     */
    public DependencyException(String message) {
        super(message);
    }

    /**
     * An exception with a message and a cause.
     *
     * @param message what happened, where, and what to do
     * @param cause how the other call failed
     */
    public DependencyException(String message, Throwable cause) {
        super(message, cause);
    }
}
