package io.gridctl.function;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function of one argument that runs on an engine.
 *
 * @param <A> the type of its argument
 * @param <R> the type of its value
 */
@FunctionalInterface
public interface RemoteFunction<A extends @Nullable Object, R extends @Nullable Object> extends Serializable {
    /**
     * Runs on an engine.
     *
     * @param argument the argument, may be null where the caller gave null
     * @return the value to send back, may be null
     * @throws Exception whatever the code throws; it travels back to the caller
     */
    R apply(A argument) throws Exception;

    /**
     * The function that gives its argument back.
     *
     * @param <T> the type of the argument
     * @return code for an engine
     */
    static <T extends @Nullable Object> RemoteFunction<T, T> itself() {
        return argument -> argument;
    }
}
