package io.gridctl.node.engine;

import org.jspecify.annotations.Nullable;

/**
 * Texts of an engine run one at a time. One that waits for the grid with its slot lent lets others run meanwhile: it may
 * be one of them that it waits for.
 */
final class TextTurns {
    private static final long LOOK_MILLIS = 20;

    private @Nullable EngineTask running;

    /** Has to end. */
    interface Turn {
        void end();
    }

    /** Waits until no other text runs. */
    synchronized Turn await(EngineTask task) throws InterruptedException {
        while (running != null && !running.isLending()) {
            // Nobody says so when a task begins to lend.
            wait(LOOK_MILLIS);
        }
        EngineTask before = running;
        running = task;
        return () -> end(before);
    }

    private synchronized void end(@Nullable EngineTask before) {
        running = before == null || before.hasEnded() ? null : before;
        notifyAll();
    }
}
