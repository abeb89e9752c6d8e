package io.gridctl.node.task;

/** What kind of function a task calls, and with what. The order is part of the wire format. */
public enum CallShape {
    /** {@code () -> value}. */
    CALLABLE,
    /** {@code namespace -> value}. */
    NAMESPACE_FUNCTION,
    /** {@code argument -> value}. */
    FUNCTION,
    /** {@code (namespace, argument) -> value}. */
    NAMESPACE_BIFUNCTION,
    /** {@code (first, second) -> value}. The two arguments travel as an array. */
    BIFUNCTION,
    /** {@code () -> nothing}. */
    RUNNABLE,
    /** {@code namespace -> nothing}. */
    NAMESPACE_CONSUMER,
    /** {@code (first, second, third) -> value}. The arguments travel as an array. */
    TRIFUNCTION;

    private static final CallShape[] ALL = values();

    static CallShape of(int ordinal) {
        return ALL[ordinal];
    }
}
