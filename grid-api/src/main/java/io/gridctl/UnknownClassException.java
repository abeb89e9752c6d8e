package io.gridctl;

import org.jspecify.annotations.Nullable;

/**
 * A value was pulled, or is the result of a call, whose class this program does not have. Put the class on this program's
 * class path, or let the program that knows it push types that both have. A class that a text has declared is known to
 * texts only. What the value holds is in {@link #valueText}.
 */
public final class UnknownClassException extends GridException {
    private static final long serialVersionUID = 1L;

    private final String className;
    private final String valueText;

    /**
     * An exception for one value.
     *
     * @param message what was pulled from where, and what to do
     * @param className the class that is missing here
     * @param valueText the value as text, empty if it cannot be read without its classes
     * @param cause what reading it gave, null if that was not tried
     */
    public UnknownClassException(String message, String className, String valueText, @Nullable Throwable cause) {
        super(message, cause);
        this.className = className;
        this.valueText = valueText;
    }

    /**
     * The class that is missing here.
     *
     * @return a binary class name, or the name that a text gave it
     */
    public String className() {
        return className;
    }

    /**
     * The value as text: each object as the name of its class and its fields.
     *
     * @return such as {@code demo.Point(x=1, y=2)}; empty if the value cannot be read without its classes
     */
    public String valueText() {
        return valueText;
    }
}
