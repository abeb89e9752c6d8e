package io.gridctl.node.payload;

/** An object of this type cannot be written; {@link CapturePath} turns it into the exception that users see. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Class<?> type;
    private final String reason;

    RefusedException(Class<?> type, String reason) {
        super(type.getName() + ": " + reason, null, false, false);
        this.type = type;
        this.reason = reason;
    }

    Class<?> type() {
        return type;
    }

    String reason() {
        return reason;
    }
}
