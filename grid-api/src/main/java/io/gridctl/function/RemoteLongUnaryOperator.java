package io.gridctl.function;

import java.io.Serializable;

/** A function from a long to a long that runs on an engine. */
@FunctionalInterface
public interface RemoteLongUnaryOperator extends Serializable {
    /**
     * Runs on an engine.
     *
     * @param argument the argument
     * @return the value to send back
     * @throws Exception whatever the code throws; it travels back to the caller
     */
    long applyAsLong(long argument) throws Exception;
}
