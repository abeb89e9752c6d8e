package io.gridctl;

/** What an {@link EngineChoice} may know of an engine. Valid only during the call that received it. */
public interface EngineLoad {
    /**
     * The engine's stable id.
     *
     * @return a number from 0
     */
    int engineId();

    /**
     * How many works it runs at the same time.
     *
     * @return at least 1
     */
    int slots();

    /**
     * How many works it holds, started or not.
     *
     * @return a number from 0
     */
    int inFlight();

    /**
     * When it was last given work, or joined, as a count that grows with each such event: the engine with the lower
     * number has waited longer.
     *
     * @return a number that no two engines share
     */
    long turn();
}
