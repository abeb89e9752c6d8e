package io.gridctl;

/**
 * Is told of engines that come and go. Calls come one at a time, on a thread of the grid's own; a listener that takes
 * long delays the next call and nothing else.
 */
public interface EngineListener {
    /**
     * An engine has become ready, for the first time or again under the same id.
     *
     * @param engine who it is
     */
    default void engineReady(EngineInfo engine) {}

    /**
     * An engine is gone.
     *
     * @param engine who it was
     */
    default void engineLost(EngineInfo engine) {}

    /**
     * An engine has not answered for five seconds. Load-balanced views give it no new work until it does; what it has
     * goes on, or runs elsewhere should the engine be lost. Told once a load-balanced view has been used.
     *
     * @param engine which one
     */
    default void engineSilent(EngineInfo engine) {}

    /**
     * An engine that was silent answers again and takes work.
     *
     * @param engine which one
     */
    default void engineAnswers(EngineInfo engine) {}
}
