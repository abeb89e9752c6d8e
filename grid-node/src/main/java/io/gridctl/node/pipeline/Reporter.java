package io.gridctl.node.pipeline;

import com.hazelcast.map.IMap;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Says for one stage on one engine how far it is. What is under way when a member is lost is sent once more, so nothing is
 * said before what was said earlier has been stored. For one thread.
 */
final class Reporter {
    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final IMap<String, PipelineReport> reports;
    private final String key;
    private final UUID client;
    private long lastNanos = System.nanoTime() - EVERY_NANOS;
    private CompletableFuture<?> underWay = CompletableFuture.completedFuture(null);

    Reporter(IMap<String, PipelineReport> reports, String key, UUID client) {
        this.client = client;
        this.reports = reports;
        this.key = key;
    }

    /** Now and then; does not wait. */
    void progress(PipelineReport report) {
        long now = System.nanoTime();
        if (now - lastNanos >= EVERY_NANOS && underWay.isDone()) {
            lastNanos = now;
            underWay = reports.setAsync(key, report.forClient(client)).toCompletableFuture();
        }
    }

    /** What must not get lost; waits until it is stored. */
    void tell(PipelineReport report) {
        afterProgress().join();
        reports.set(key, report.forClient(client));
    }

    /** Ends when the last word on progress is stored, or lost, which does not matter: another one follows. */
    private CompletableFuture<@Nullable Void> afterProgress() {
        return underWay.handle((stored, lost) -> null);
    }

    /** The last word of a stage that must not wait: it ends when this does. */
    CompletionStage<Void> failing(String why) {
        return afterProgress()
                .thenCompose(nothing ->
                        reports.setAsync(key, PipelineReport.failed(why).forClient(client)));
    }

    /** Says why the stage failed, and gives what ends the job. */
    IllegalStateException failed(Throwable trouble) {
        String why = sentence(trouble);
        tell(PipelineReport.failed(why));
        return new IllegalStateException(why);
    }

    private static String sentence(Throwable trouble) {
        Throwable cause = trouble instanceof UncheckedIOException ? trouble.getCause() : trouble;
        if (cause instanceof NoSuchFileException gone) {
            return gone.getFile() + " is not there";
        }
        if (cause instanceof AccessDeniedException denied) {
            return denied.getFile() + " may not be read";
        }
        String message = cause.getMessage();
        boolean told = cause instanceof CharacterCodingException || cause instanceof FileSystemException;
        return message == null || told ? String.valueOf(cause) : message;
    }
}
