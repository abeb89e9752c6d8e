package io.gridctl.node.task;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
    TRIFUNCTION,
    /** A text, with what it is called as its argument; gives a {@link io.gridctl.TextReply}. */
    TEXT,
    /** The same; gives the value of its last expression. */
    TEXT_VALUE,
    /**
     * {@code argument -> value}, and {@code (value, value) -> value} for the values of items that run one after the other.
     * The two functions travel as an array.
     */
    REDUCTION,
    /** {@code element -> value} for each element of a part; the names of the part and of the values' part are its argument. */
    MAP_PART,
    /** {@code (value, value) -> value} over the elements of a part, whose name is its argument; gives an array of one or none. */
    REDUCE_PART,
    /** A function of primitive numbers, called with each element of an array; gives an array. */
    ARRAY;

    private static final CallShape[] ALL = values();

    /** {@return whether it is a text rather than a function} */
    public boolean isText() {
        return this == TEXT || this == TEXT_VALUE;
    }

    /**
     * The arguments of the function.
     *
     * @param sent what travelled
     * @return each argument by itself
     */
    public @Nullable Object[] arguments(@Nullable Object sent) {
        return switch (this) {
            case CALLABLE, RUNNABLE -> new Object[0];
            case BIFUNCTION, TRIFUNCTION -> Objects.requireNonNull((Object[]) sent, "arguments");
            default -> new Object[] {sent};
        };
    }

    static CallShape of(int ordinal) {
        return ALL[ordinal];
    }
}
