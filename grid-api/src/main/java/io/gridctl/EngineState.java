package io.gridctl;

/** What an engine is up to. */
public enum EngineState {
    /** It has joined and is getting ready; it takes no work yet. */
    STARTING,
    /** It takes work. */
    READY,
    /** It finishes what it has and takes nothing new. */
    LEAVING,
    /** It died; its id waits to be filled again. */
    LOST
}
