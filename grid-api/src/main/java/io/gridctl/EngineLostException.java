package io.gridctl;

/**
 * An engine died, or left, before it answered. What its task had done by then is unknown. A direct view does not move
 * work to another engine: call again when the engine is back ({@link Grid#awaitEngines}).
 */
public final class EngineLostException extends GridException {
    private static final long serialVersionUID = 1L;

    private final int engineId;
    private final int incarnation;

    /**
     * An exception for one incarnation of an engine.
     *
     * @param engineId the engine's id
     * @param incarnation which filling of that id was lost
     * @param what what it was doing, as a clause that follows "engine N was lost"
     */
    public EngineLostException(int engineId, int incarnation, String what) {
        super("engine " + engineId + " (incarnation " + incarnation + ") was lost " + what);
        this.engineId = engineId;
        this.incarnation = incarnation;
    }

    /**
     * The engine that was lost.
     *
     * @return its id
     */
    public int engineId() {
        return engineId;
    }

    /**
     * Which filling of the id was lost.
     *
     * @return the incarnation number, from 1
     */
    public int incarnation() {
        return incarnation;
    }
}
