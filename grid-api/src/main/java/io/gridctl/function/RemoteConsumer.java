package io.gridctl.function;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Code of one argument that runs on an engine for its effect.
 *
 * @param <A> the type of its argument
 */
@FunctionalInterface
public interface RemoteConsumer<A extends @Nullable Object> extends Serializable {
    /**
     * Runs on an engine.
     *
     * @param argument the argument
     * @throws Exception whatever the code throws; it travels back to the caller
     */
    void accept(A argument) throws Exception;
}
