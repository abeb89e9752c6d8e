package io.gridctl.node.pipeline;

import com.hazelcast.map.IMap;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Says for one stage on one engine how far it is. For one thread. */
final class Reporter {
    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final IMap<String, PipelineReport> reports;
    private final String key;
    private final UUID client;
    private long lastNanos = System.nanoTime() - EVERY_NANOS;

    Reporter(IMap<String, PipelineReport> reports, String key, UUID client) {
        this.client = client;
        this.reports = reports;
        this.key = key;
    }

    /** Now and then; does not wait. */
    @SuppressWarnings("FutureReturnValueIgnored") // What gets lost is said again soon.
    void progress(PipelineReport report) {
        long now = System.nanoTime();
        if (now - lastNanos >= EVERY_NANOS) {
            lastNanos = now;
            reports.setAsync(key, report.forClient(client));
        }
    }

    /** What must not get lost; waits until it is stored. */
    void tell(PipelineReport report) {
        reports.set(key, report.forClient(client));
    }

    /** The last word of a stage that must not wait: it ends when this does. */
    CompletionStage<Void> failing(String why) {
        return reports.setAsync(key, PipelineReport.failed(why).forClient(client));
    }

    /** Says why the stage failed, and gives what ends the job. */
    IllegalStateException failed(Throwable trouble) {
        String why = sentence(trouble);
        reports.set(key, PipelineReport.failed(why).forClient(client));
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
