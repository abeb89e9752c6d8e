package io.gridctl;

/** What becomes of a call of a load-balanced view whose window is full. */
public enum WhenFull {
    /** The calling thread waits for room; if it is interrupted, the call fails with a {@link GridException}. */
    BLOCK,
    /** The call fails with {@link WindowFullException}. */
    FAIL,
    /**
     * The calling thread runs the code itself, in this program, outside any engine. A single task's argument that has a
     * {@link Reference} is refused with an {@link IllegalArgumentException}, whether or not the window is full: it means
     * nothing here. Maps never run here.
     */
    CALLER_RUNS
}
