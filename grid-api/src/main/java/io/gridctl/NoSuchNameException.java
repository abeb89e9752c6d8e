package io.gridctl;

/** A name was read that an engine's namespace does not have. */
public final class NoSuchNameException extends GridException {
    private static final long serialVersionUID = 1L;

    private final int engineId;
    private final String name;

    /**
     * An exception for one name on one engine.
     *
     * @param engineId the engine that was asked
     * @param name the name it does not have
     */
    public NoSuchNameException(int engineId, String name) {
        super("engine " + engineId + " has no value named '" + name + "'; push it first");
        this.engineId = engineId;
        this.name = name;
    }

    /**
     * The engine that was asked.
     *
     * @return its id
     */
    public int engineId() {
        return engineId;
    }

    /**
     * The missing name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }
}
