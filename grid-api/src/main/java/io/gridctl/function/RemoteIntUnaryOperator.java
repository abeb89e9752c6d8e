package io.gridctl.function;

import java.io.Serializable;

/** A function from an int to an int that runs on an engine. */
@FunctionalInterface
public interface RemoteIntUnaryOperator extends Serializable {
    /**
     * Runs on an engine.
     *
     * @param argument the argument
     * @return the value to send back
     * @throws Exception whatever the code throws; it travels back to the caller
     */
    int applyAsInt(int argument) throws Exception;
}
