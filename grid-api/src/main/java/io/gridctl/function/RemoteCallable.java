package io.gridctl.function;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Code without arguments that runs on an engine and gives a value.
 *
 * @param <R> the type of its value
 */
@FunctionalInterface
public interface RemoteCallable<R extends @Nullable Object> extends Serializable {
    /**
     * Runs on an engine.
     *
     * @return the value to send back, may be null
     * @throws Exception whatever the code throws; it travels back to the caller
     */
    R call() throws Exception;
}
