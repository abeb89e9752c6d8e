package io.gridctl.function;

import java.io.Serializable;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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

    /**
     * A callable that travels.
     *
     * @param <R> the type of its value
     * @param callable a serializable lambda or an object that can be sent
     * @return the same as code for an engine
     */
    static <R extends @Nullable Object> RemoteCallable<R> of(Callable<? extends R> callable) {
        return callable::call;
    }

    /**
     * A supplier that travels.
     *
     * @param <R> the type of its value
     * @param supplier a serializable lambda or an object that can be sent
     * @return the same as code for an engine
     */
    static <R extends @Nullable Object> RemoteCallable<R> ofSupplier(Supplier<? extends R> supplier) {
        return supplier::get;
    }

    /**
     * A runnable that travels.
     *
     * @param <R> the type of the value
     * @param runnable a serializable lambda or an object that can be sent
     * @param value what is given back when it has run; travels there and back, if it is not null
     * @return the same as code for an engine
     */
    static <R extends @Nullable Object> RemoteCallable<R> ofRunnable(Runnable runnable, R value) {
        return () -> {
            runnable.run();
            return value;
        };
    }
}
