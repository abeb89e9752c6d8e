package io.gridctl;

import java.util.List;

/** An engine was addressed by an id that the grid does not have. */
public final class NoSuchEngineException extends GridException {
    private static final long serialVersionUID = 1L;

    private final int engineId;

    /**
     * An exception for one id.
     *
     * @param engineId the id that was asked for
     * @param present the ids that exist
     */
    public NoSuchEngineException(int engineId, List<Integer> present) {
        super("there is no engine " + engineId + "; "
                + (present.isEmpty() ? "no engine is running" : "the grid has " + present));
        this.engineId = engineId;
    }

    /**
     * The id that was asked for.
     *
     * @return an engine id that does not exist
     */
    public int engineId() {
        return engineId;
    }
}
