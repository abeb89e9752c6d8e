package io.gridctl;

/** A load-balanced view has as many open tasks, or bytes of their arguments, as its window allows. */
public final class WindowFullException extends GridException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception with a message.
     *
     * @param message what happened, where, and what to do
     */
    public WindowFullException(String message) {
        super(message);
    }
}
