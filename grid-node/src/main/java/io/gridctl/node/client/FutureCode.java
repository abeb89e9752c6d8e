package io.gridctl.node.client;

import io.gridctl.function.RemoteCallable;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** The code inside a {@link FutureTask}, which is a future of this process. */
final class FutureCode {
    private static final String ADAPTER = "java.util.concurrent.Executors$RunnableAdapter";

    private FutureCode() {}

    /** What stands in for the code that runs on an engine. */
    interface Elsewhere extends Callable<@Nullable Object> {}

    /** The code, which can travel; null if the future needs none any more, or runs elsewhere already. */
    static @Nullable RemoteCallable<@Nullable Object> of(FutureTask<?> future) {
        Object code = callable().read(future);
        if (code == null || code instanceof Elsewhere || future.isDone()) {
            return null;
        }
        if (!code.getClass().getName().equals(ADAPTER)) {
            return RemoteCallable.of((Callable<?>) code);
        }
        Object runnable = HiddenField.of(code.getClass(), "task").read(code);
        return RemoteCallable.ofRunnable(
                (Runnable) Objects.requireNonNull(runnable),
                HiddenField.of(code.getClass(), "result").read(code));
    }

    /** Whoever runs the future runs this from now on. */
    static void replace(FutureTask<?> future, Elsewhere code) {
        callable().write(future, code);
    }

    private static HiddenField callable() {
        return HiddenField.of(FutureTask.class, "callable");
    }
}
