package io.gridctl.function;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function of three arguments that runs on an engine.
 *
 * @param <A> the type of its first argument
 * @param <B> the type of its second argument
 * @param <C> the type of its third argument
 * @param <R> the type of its value
 */
@FunctionalInterface
public interface RemoteTriFunction<
                A extends @Nullable Object,
                B extends @Nullable Object,
                C extends @Nullable Object,
                R extends @Nullable Object>
        extends Serializable {
    /**
     * Runs on an engine.
     *
     * @param first the first argument
     * @param second the second argument
     * @param third the third argument
     * @return the value to send back, may be null
     * @throws Exception whatever the code throws; it travels back to the caller
     */
    R apply(A first, B second, C third) throws Exception;
}
