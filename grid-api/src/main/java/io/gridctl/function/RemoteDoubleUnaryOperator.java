package io.gridctl.function;

import java.io.Serializable;

/** A function from a double to a double that runs on an engine. */
@FunctionalInterface
public interface RemoteDoubleUnaryOperator extends Serializable {
    /**
     * Runs on an engine.
     *
     * @param argument the argument
     * @return the value to send back
     * @throws Exception whatever the code throws; it travels back to the caller
     */
    double applyAsDouble(double argument) throws Exception;
}
