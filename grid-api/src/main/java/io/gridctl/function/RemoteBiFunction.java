package io.gridctl.function;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function of two arguments that runs on an engine.
 *
 * @param <A> the type of its first argument
 * @param <B> the type of its second argument
 * @param <R> the type of its value
 */
@FunctionalInterface
public interface RemoteBiFunction<A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
        extends Serializable {
    /**
     * Runs on an engine.
     *
     * @param first the first argument
     * @param second the second argument
     * @return the value to send back, may be null
     * @throws Exception whatever the code throws; it travels back to the caller
     */
    R apply(A first, B second) throws Exception;
}
