package io.gridctl.node.task;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Moves the pieces of large values, or groups of them, in their order, some of them under way and no more of all values
 * than there is room. Safe for several threads, each of which moves a value of its own.
 */
final class PieceMover {
    static final int UNDER_WAY = 8;

    /** What of all values is under way at once, in either direction. */
    private static final int ROOM = 16;

    private final Semaphore room = new Semaphore(ROOM);

    /**
     * Moves a value; blocks until all of it has been moved.
     *
     * @param count how many pieces or groups there are
     * @param start begins to move one
     * @param end takes what came of it, in order, on this thread
     */
    <T extends @Nullable Object> void move(
            int count, IntFunction<? extends CompletionStage<? extends T>> start, Consumer<T> end) {
        Queue<CompletionStage<? extends T>> underWay = new ArrayDeque<>();
        try {
            for (int piece = 0; piece < count; piece++) {
                while (underWay.size() == UNDER_WAY || !enter(underWay.isEmpty())) {
                    finishFirst(underWay, end);
                }
                boolean started = false;
                try {
                    underWay.add(start.apply(piece));
                    started = true;
                } finally {
                    room.release(started ? 0 : 1);
                }
            }
            while (!underWay.isEmpty()) {
                finishFirst(underWay, end);
            }
        } finally {
            room.release(underWay.size());
        }
    }

    /** Who has something under way finishes that rather than wait for others, who might do the same. */
    private boolean enter(boolean mayWait) {
        if (!mayWait) {
            return room.tryAcquire();
        }
        room.acquireUninterruptibly();
        return true;
    }

    private <T extends @Nullable Object> void finishFirst(
            Queue<CompletionStage<? extends T>> underWay, Consumer<T> end) {
        end.accept(underWay.element().toCompletableFuture().join());
        underWay.remove();
        room.release();
    }
}
