package io.gridctl;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that is on the engines, told by an expression rather than sent: each engine that gets one in place of an
 * argument, or of a function, puts in what the expression means there, in the world of its
 * {@linkplain DirectView#execute texts}.
 *
 * <pre>{@code
 * all.execute("int a = 5; int twice(int x) { return 2 * x; }");
 * all.apply((Integer x) -> x + 27, Reference.to("a"));     // 32 from each
 * all.apply(Reference.to("twice"), 3);                      // 6 from each
 * view.map(Reference.to("twice"), List.of(1, 2, 3));        // [2, 4, 6]
 * }</pre>
 *
 * <p>As an argument, it may also be an element of a list, map, set or array that is the argument. A name gives the value
 * that is stored under it, as {@link Namespace#get} does; any other expression gives a copy of its value.
 *
 * <p>As a function, it is the name of a method that a text has declared, or an expression whose value is an object with
 * one method to call. It runs as a part of a text does: what it changes of the texts' variables is stored, and texts run
 * one at a time. Its arguments and its result are read with the texts' classes.
 *
 * <p>What cannot be found fails the call on that engine, with a {@link NoSuchNameException} for a name and with a
 * {@link TextException} for any other expression.
 *
 * @param <T> the type of what it means
 * @param expression an expression as a text might have it, not blank
 */
@SuppressWarnings("UnusedTypeParameter") // for callers: which functions fit what it means
public record Reference<T extends @Nullable Object>(String expression) implements Serializable {
    /** Checks the expression. */
    public Reference {
        if (Objects.requireNonNull(expression, "expression").isBlank()) {
            throw new IllegalArgumentException("a reference needs an expression, and this one is blank");
        }
    }

    /**
     * A reference to what an expression means on an engine.
     *
     * @param <T> the type the caller expects of it
     * @param expression an expression as a text might have it, not blank
     * @return the reference
     * @throws IllegalArgumentException if the expression is blank
     */
    public static <T extends @Nullable Object> Reference<T> to(String expression) {
        return new Reference<>(expression);
    }
}
