package io.gridctl;

/**
 * What a grid can suffer. The subtypes say what happened and carry the data; a caller that treats all of them alike
 * catches this one.
 */
public class GridException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception with a message.
     *
     * @param message what happened, where, and what to do
     */
    public GridException(String message) {
        super(message);
    }

    /**
     * An exception with a message and a cause.
     *
     * @param message what happened, where, and what to do
     * @param cause what led to it
     */
    public GridException(String message, Throwable cause) {
        super(message, cause);
    }
}
