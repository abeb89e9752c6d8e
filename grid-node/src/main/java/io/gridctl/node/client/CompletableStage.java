package io.gridctl.node.client;

import io.gridctl.function.RemoteCallable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
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
        Object code = Hidden.read(command, "fn");
        return new CompletableStage(callable(code), future(Hidden.read(command, "dep")));
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

    /**
     * Reads fields that modules keep closed: openly if the program was started so that it may, else through
     * {@code sun.misc.Unsafe}, which newer JDKs print a warning about.
     */
    private static final class Hidden {
        private static final @Nullable Object UNSAFE = unsafe();

        private Hidden() {}

        private static @Nullable Object unsafe() {
            try {
                Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
                field.setAccessible(true);
                return field.get(null);
            } catch (ReflectiveOperationException | RuntimeException closed) {
                return null;
            }
        }

        static Object read(Object object, String name) {
            try {
                Field field = object.getClass().getDeclaredField(name);
                return field.trySetAccessible() ? field.get(object) : readClosed(object, field);
            } catch (ReflectiveOperationException closed) {
                throw new RejectedExecutionException(
                        "the code inside a stage of a CompletableFuture cannot be reached in this JVM; submit it to the"
                                + " executor service itself, or start the JVM with "
                                + "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                        closed);
            }
        }

        private static Object readClosed(Object object, Field field) throws ReflectiveOperationException {
            if (UNSAFE == null) {
                throw new NoSuchFieldException("this JVM does not let fields of " + object.getClass() + " be read");
            }
            Method offset = UNSAFE.getClass().getMethod("objectFieldOffset", Field.class);
            Method get = UNSAFE.getClass().getMethod("getObject", Object.class, long.class);
            return get.invoke(UNSAFE, object, offset.invoke(UNSAFE, field));
        }
    }
}
