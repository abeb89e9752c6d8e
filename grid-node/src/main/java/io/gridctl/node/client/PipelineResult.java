package io.gridctl.node.client;

import io.gridctl.GridException;
import io.gridctl.Progress;
import io.gridctl.ScatterException;
import io.gridctl.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a pipeline has come to. Its progress is that of the data, a megabyte at a time. */
abstract class PipelineResult<T extends @Nullable Object> extends PartsResult<T> {
    private volatile @Nullable PipelineRun run;

    PipelineResult(CallContext context) {
        super(context);
    }

    final void follow(PipelineRun pipeline) {
        run = pipeline;
        whenEnded(pipeline::stop);
    }

    @Override
    public final Progress progress() {
        PipelineRun pipeline = run;
        Progress data = pipeline == null ? super.progress() : pipeline.progress();
        return isDone() && !isCancelled() ? new Progress(data.total(), data.total()) : data;
    }

    final List<Long> counts() {
        List<Long> counts = new ArrayList<>();
        for (PendingTask part : parts()) {
            counts.add((Long) Objects.requireNonNull(valueOf(part)));
        }
        return List.copyOf(counts);
    }

    /** Parts read from a source. */
    static final class Scattered extends PipelineResult<List<Long>> {
        private final String name;
        private final List<Integer> engines;

        Scattered(CallContext context, String name, List<Integer> engines) {
            super(context);
            this.name = name;
            this.engines = engines;
        }

        @Override
        List<Long> assemble() {
            return counts();
        }

        @Override
        GridException failure(List<GridException> failures) {
            List<Integer> present = new ArrayList<>();
            List<Integer> missing = new ArrayList<>();
            for (PendingTask part : parts()) {
                (part.state() == TaskState.SUCCEEDED ? present : missing).add(engines.get(part.index()));
            }
            return new ScatterException(name, present, missing, failures);
        }
    }

    /** Entries put into a map. */
    static final class Gathered extends PipelineResult<Long> {
        Gathered(CallContext context) {
            super(context);
        }

        @Override
        Long assemble() {
            return counts().stream().mapToLong(Long::longValue).sum();
        }

        @Override
        GridException failure(List<GridException> failures) {
            return failures.get(0);
        }
    }
}
