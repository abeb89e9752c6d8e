package io.gridctl.node.engine;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Whose values the variables of a prompt have. They are static fields of the program's classes, so on an engine of several
 * slots tasks that were sent with the same values run at once, and those with other values after them, in their order.
 */
final class PromptTurns {
    private final Deque<Object> waiting = new ArrayDeque<>();
    private byte @Nullable [] values;
    private int running;

    /**
     * Waits until no task runs that was sent with other values.
     *
     * @param sent the bytes that carry the values
     * @throws InterruptedException if the task was cancelled meanwhile; it has not entered then
     */
    synchronized void enter(byte[] sent) throws InterruptedException {
        Object turn = new Object();
        waiting.addLast(turn);
        try {
            while (waiting.getFirst() != turn || (running > 0 && !Arrays.equals(values, sent))) {
                wait();
            }
            running++;
            values = sent;
        } finally {
            waiting.remove(turn);
            notifyAll();
        }
    }

    /** The task that entered has ended. */
    synchronized void leave() {
        running--;
        if (running == 0) {
            values = null;
        }
        notifyAll();
    }
}
