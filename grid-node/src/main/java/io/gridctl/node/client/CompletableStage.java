package io.gridctl.node.client;

import io.gridctl.function.RemoteCallable;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What {@code CompletableFuture.supplyAsync} and {@code runAsync} give an executor: code, and the future that waits for
 * it. The future stays; the code, which the JDK hides in a field, travels.
 */
record CompletableStage(RemoteCallable<@Nullable Object> code, CompletableFuture<@Nullable Object> future) {

    /** The stage, or null if this is none with code of its own. */
    static @Nullable CompletableStage of(Runnable command) {
        String name = command.getClass().getName();
        if (!name.equals("java.util.concurrent.CompletableFuture$AsyncSupply")
                && !name.equals("java.util.concurrent.CompletableFuture$AsyncRun")) {
            return null;
        }
        Class<?> type = command.getClass();
        return new CompletableStage(
                callable(Objects.requireNonNull(HiddenField.of(type, "fn").read(command))),
                future(Objects.requireNonNull(HiddenField.of(type, "dep").read(command))));
    }

    @SuppressWarnings("unchecked") // whatever its type, it gets what its own code gives
    private static CompletableFuture<@Nullable Object> future(Object dependent) {
        return (CompletableFuture<@Nullable Object>) dependent;
    }

    private static RemoteCallable<@Nullable Object> callable(Object code) {
        return code instanceof Supplier<?> supplier
                ? RemoteCallable.ofSupplier(supplier)
                : RemoteCallable.ofRunnable((Runnable) code, null);
    }

    void end(@Nullable Object value, @Nullable Throwable failure) {
        if (failure == null) {
            future.complete(value);
        } else {
            future.completeExceptionally(failure);
        }
    }
}
