package io.gridctl.node.payload;

import io.gridctl.GridException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bytes cannot be turned back into the value they were made from; the message says which class is missing or differs. */
public final class PayloadException extends GridException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String missingClass;

    PayloadException(String message) {
        super(message);
        this.missingClass = null;
    }

    PayloadException(String message, Throwable cause) {
        super(message, cause);
        this.missingClass = null;
    }

    private PayloadException(String message, String missingClass, Throwable cause) {
        super(message, cause);
        this.missingClass = missingClass;
    }

    static PayloadException missing(String className, Throwable cause) {
        return new PayloadException(
                "The value needs the class " + className + ", which the reader does not have.", className, cause);
    }

    /**
     * The class for want of which the value could not be read.
     *
     * @return a binary class name, or empty if no class was missing
     */
    public Optional<String> missingClass() {
        return Optional.ofNullable(missingClass);
    }
}
