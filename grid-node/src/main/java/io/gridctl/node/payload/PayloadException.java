package io.gridctl.node.payload;

import io.gridctl.GridException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bytes cannot be turned back into the value they were made from; the message says which class is missing or differs. */
public final class PayloadException extends GridException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String missingClass;
    private final @Nullable String differingClass;

    PayloadException(String message) {
        this(message, null, null, null);
    }

    PayloadException(String message, Throwable cause) {
        this(message, null, null, cause);
    }

    private PayloadException(
            String message, @Nullable String missingClass, @Nullable String differingClass, @Nullable Throwable cause) {
        super(message, cause);
        this.missingClass = missingClass;
        this.differingClass = differingClass;
    }

    /**
     * The value was written with another version of a class than the reader's.
     *
     * @param className the class
     * @param message what the versions are, and what to do
     * @param cause what said so first, null if nothing did
     * @return the exception
     */
    public static PayloadException differing(String className, String message, @Nullable Throwable cause) {
        return new PayloadException(message, null, className, cause);
    }

    static PayloadException missing(String className, Throwable cause) {
        return new PayloadException(
                "The value needs the class " + className + ", which the reader does not have.", className, null, cause);
    }

    /**
     * The class for want of which the value could not be read.
     *
     * @return a binary class name, or empty if no class was missing
     */
    public Optional<String> missingClass() {
        return Optional.ofNullable(missingClass);
    }

    /**
     * The class of which the reader has another version than the writer had.
     *
     * @return a binary class name, or empty if that is not what is wrong
     */
    public Optional<String> differingClass() {
        return Optional.ofNullable(differingClass);
    }
}
