package io.gridctl.node.cluster;

import io.gridctl.GridException;

/** A grid of that name runs already on this machine, whole or in part. */
public final class GridAlreadyRunningException extends GridException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception with a message.
     *
     * @param message what runs, and what to do
     */
    public GridAlreadyRunningException(String message) {
        super(message);
    }
}
