package io.gridctl.node.client;

import io.gridctl.GridException;
import io.gridctl.MapReport;
import io.gridctl.MapResult;
import io.gridctl.TextReply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A call with several parts, one per engine or one per item. */
class ListResult<R extends @Nullable Object> extends PartsResult<List<R>> implements MapResult<R> {
    ListResult(CallContext context) {
        super(context);
    }

    @Override
    final List<R> assemble() {
        List<R> values = new ArrayList<>(parts().size());
        for (PendingTask task : parts()) {
            values.add(value(task));
        }
        return Collections.unmodifiableList(values);
    }

    @SuppressWarnings("unchecked")
    private R value(PendingTask task) {
        return (R) valueOf(task);
    }

    @Override
    public final Stream<R> stream() {
        return parts().stream().sequential().map(task -> {
            try {
                awaitEnd(task);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            return value(task);
        });
    }

    @Override
    public final Stream<Item<R>> asCompleted() {
        return IntStream.range(0, parts().size()).mapToObj(number -> {
            try {
                int index = awaitArrival(number);
                return new Item<>(index, value(parts().get(index)));
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        });
    }

    @Override
    public final List<CompletableFuture<R>> futures() {
        return follow(new PartFutures<>(
                parts().size(), context().threads(), this::arrival, index -> value(parts().get(index))));
    }

    static GridException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new GridException("interrupted while waiting for a result; the call goes on", e);
    }

    @Override
    public final Map<Integer, R> byEngine() throws InterruptedException {
        await();
        Map<Integer, R> values = new LinkedHashMap<>();
        for (PendingTask task : parts()) {
            EngineRef engine = task.engine();
            if (engine == null || values.containsKey(engine.id())) {
                throw new IllegalStateException("an engine ran more than one part, so values have no one engine");
            }
            values.put(engine.id(), value(task));
        }
        return values;
    }

    @Override
    public final Stream<Settled<R>> streamSettled() {
        return Settling.stream(
                parts().size(), index -> awaitEnd(parts().get(index)), index -> value(parts().get(index)));
    }

    @Override
    public final List<R> awaitAllOrFailure() throws InterruptedException {
        awaitFailureOrEnd();
        ensureNoFailure();
        return await();
    }

    @Override
    public final List<Settled<R>> settled() throws InterruptedException {
        awaitAll();
        return Settling.all(parts().size(), index -> value(parts().get(index)));
    }

    @Override
    public final MapReport report() {
        int slots = parts().stream()
                .map(PendingTask::engine)
                .filter(Objects::nonNull)
                .distinct()
                .mapToInt(engine -> engine.info().slots())
                .sum();
        return MapReport.of(tasks(), wallTime(), slots);
    }

    /** What came of a text on each engine. */
    static final class OfTexts extends ListResult<TextReply> {
        OfTexts(CallContext context) {
            super(context);
        }

        @Override
        TextReply valueOf(PendingTask task) {
            return task.textReply();
        }
    }
}
