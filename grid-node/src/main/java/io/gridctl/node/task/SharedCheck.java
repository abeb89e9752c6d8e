package io.gridctl.node.task;

import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A costly check that many ask for at once. Whoever asks gets the answer of a check that began after it asked, and all
 * who ask while one runs share the one that follows.
 */
final class SharedCheck {
    private final BooleanSupplier check;
    private final Object running = new Object();
    private @Nullable CompletableFuture<Boolean> next;

    SharedCheck(BooleanSupplier check) {
        this.check = check;
    }

    /** Blocks until a check has ended; one that fails does so for all who share it. */
    boolean holds() {
        CompletableFuture<Boolean> mine;
        boolean first;
        synchronized (this) {
            first = next == null;
            mine = first ? new CompletableFuture<>() : next;
            next = mine;
        }
        if (first) {
            synchronized (running) {
                synchronized (this) {
                    next = null;
                }
                try {
                    mine.complete(check.getAsBoolean());
                } catch (RuntimeException | Error e) {
                    mine.completeExceptionally(e);
                }
            }
        }
        return mine.join();
    }
}
