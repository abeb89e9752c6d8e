package io.gridctl.node.client;

import io.gridctl.AsyncResult;
import io.gridctl.Progress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows on standard error how far a call is. */
final class ProgressDisplay {
    private static final int INTERVAL_MILLIS = 100;

    private ProgressDisplay() {}

    static void showUntilEnd(AsyncResult<?> result, CompletableFuture<@Nullable Void> ended)
            throws InterruptedException {
        try (ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("tasks")
                .setInitialMax(result.progress().total())
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(INTERVAL_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build()) {
            while (true) {
                Progress progress = result.progress();
                bar.stepTo(progress.done());
                try {
                    ended.get(INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
                    bar.stepTo(result.progress().done());
                    return;
                } catch (TimeoutException goesOn) {
                    // The bar moves on.
                } catch (ExecutionException impossible) {
                    throw new IllegalStateException(impossible);
                }
            }
        }
    }
}
