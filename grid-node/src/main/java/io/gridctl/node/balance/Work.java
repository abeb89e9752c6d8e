package io.gridctl.node.balance;

/**
 * One task, or several that travel together, as the dispatcher sees it. Works are told apart by identity. The dispatcher does not decide what becomes of a
 * work's outcome: its owner accepts the first one and makes {@link #isEnded} true.
 */
public interface Work {
    /**
     * Whether nothing is left to do: an outcome was accepted, or the work was cancelled. Such a work is not sent any
     * more. Called under the dispatcher's lock, so it must be quick; once true it stays true.
     *
     * @return true if this work is to be skipped
     */
    boolean isEnded();

    /**
     * How many tasks this is. All of them run one after the other on one slot.
     *
     * @return at least 1; it never changes
     */
    default int units() {
        return 1;
    }

    /**
     * The dispatcher has given up, because this work was alone on each of several engines when they were lost. Called
     * once at most, without the dispatcher's lock, on the thread that reported the last loss.
     *
     * @param history the engines that were lost under this work, oldest first
     */
    void lost(LossHistory history);
}
