package io.gridctl.function;

import java.io.Serializable;

/** Code without arguments that runs on an engine for its effect. */
@FunctionalInterface
public interface RemoteRunnable extends Serializable {
    /**
     * Runs on an engine.
     *
     * @throws Exception whatever the code throws; it travels back to the caller
     */
    void run() throws Exception;
}
