package io.gridctl.node.client;

import io.gridctl.CompositeException;
import io.gridctl.GridException;
import io.gridctl.Progress;
import io.gridctl.Task;
import io.gridctl.TaskOutput;
import io.gridctl.TaskState;
import io.gridctl.node.task.Outcome;
import io.gridctl.node.task.Outcome.News;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A call of the load-balanced view that has many items: what is known of each of them, whatever is made of their values. */
abstract class ItemsCall<T extends @Nullable Object> extends ItemTraffic<T> {
    /** The index of the first item in the whole, of which this may be a part. */
    private final long firstItem;

    ItemsCall(
            CallContext context,
            @Nullable Object[] items,
            long firstId,
            Function<@Nullable Object, byte[]> encoder,
            long firstItem) {
        super(context, items, firstId, encoder);
        this.firstItem = firstItem;
    }

    // ---- failures

    /** Once all items have ended: throws if one of them did not end well. */
    final void ensureSuccess() {
        ensureNoFailure();
        if (isCancelled()) {
            throw new CancellationException("the call was cancelled");
        }
    }

    /** Throws if an item has failed by now. Not under the lock, as exceptions are the user's. */
    final void ensureNoFailure() {
        int[] failed;
        synchronized (this) {
            if (firstFailed < 0) {
                return;
            }
            failed = IntStream.range(0, size).filter(i -> states[i] == FAILED).toArray();
        }
        throw new CompositeException(
                IntStream.of(failed).mapToObj(i -> failureOf(i, ends[i])).toList(),
                IntStream.of(failed).mapToObj(i -> firstItem + i).toList(),
                size);
    }

    /** Why an item was dropped: by whoever cancelled the call, or for the failure of another. */
    final RuntimeException dropped() {
        return isCancelled()
                ? new CancellationException("the call was cancelled")
                : new GridException(
                        "the item was dropped, as another one had failed and its view fails fast",
                        failureOf(firstFailed, ends[firstFailed]));
    }

    final GridException failureOf(int index, @Nullable Object how) {
        if (how instanceof RemoteEnd remote) {
            GridException failure = failure(index, remote.block(), remote.end());
            synchronized (this) {
                cells[index] = cells[index] instanceof GridException before ? before : failure;
                return (GridException) cells[index];
            }
        }
        return (GridException) Objects.requireNonNull(how);
    }

    @Override
    final GridException failure(int index, Block block, Outcome.End how) {
        String id = idPrefix() + (firstId + index);
        return how instanceof Outcome.Failed failed
                ? Failures.rebuild(
                        codec(),
                        block.engine.id(),
                        OptionalLong.of(firstItem + index),
                        id,
                        output.both(index),
                        failed.failure())
                : Failures.timedOut(block.engine.id(), id, context().policy(), ((Outcome.TimedOut) how).quiet());
    }

    // ---- what is known

    @Override
    public final synchronized boolean isRunning() {
        return begun && done < size;
    }

    @Override
    public final synchronized Progress progress() {
        return new Progress(done, size);
    }

    final @Nullable Block block(int index) {
        Object how = ends[index];
        return how instanceof Block block ? block : how instanceof RemoteEnd remote ? remote.block() : null;
    }

    @Override
    public final synchronized Duration serialTime() {
        long sum = 0;
        for (int i = 0; i < size; i++) {
            Block block = block(i);
            sum += block == null ? 0 : block.ranNanos(i);
        }
        return Duration.ofNanos(sum);
    }

    @Override
    public final List<Task> tasks() {
        List<Task> tasks = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            tasks.add(describe(i));
        }
        return Collections.unmodifiableList(tasks);
    }

    private synchronized Task describe(int index) {
        Block block = block(index);
        EngineRef engine = block != null ? block.engine : ends[index] instanceof EngineRef has ? has : null;
        int attempts = earlier.getOrDefault(index, 0) + (block != null || states[index] == SENT ? 1 : 0);
        TaskState state = TaskState.values()[states[index]];
        return TaskDescription.of(
                idPrefix() + (firstId + index),
                state,
                engine,
                attempts,
                submittedAt(),
                block == null ? 0 : block.startedMillis(index),
                block == null ? 0 : block.ranNanos(index),
                block == null ? 0 : block.receivedMillis,
                output.stdout(index),
                output.stderr(index));
    }

    // ---- output

    @Override
    final void print(int index, News text) {
        if (text.isEmpty()) {
            return;
        }
        output.keep(index, text);
        if (hasListeners()) {
            pieces(index, text.stdout(), text.stderr()).forEach(this::tell);
        }
        byte[] published = text.published();
        if (published != null) {
            tell(publication(index, published));
        }
    }

    private List<TaskOutput> pieces(int index, String out, String err) {
        EngineRef engine = engineOf(index);
        return ItemOutput.pieces(engine == null ? -1 : engine.id(), idPrefix() + (firstId + index), out, err);
    }

    private @Nullable EngineRef engineOf(int index) {
        Block block = block(index);
        return block != null ? block.engine : ends[index] instanceof EngineRef has ? has : null;
    }

    private Publication publication(int index, byte[] bytes) {
        EngineRef engine = engineOf(index);
        return new Publication(engine == null ? -1 : engine.id(), idPrefix() + (firstId + index), bytes);
    }

    @Override
    final SortedMap<Integer, Publication> publications() {
        SortedMap<Integer, Publication> last = new TreeMap<>();
        output.published().forEach((index, bytes) -> last.put(index, publication(index, bytes)));
        return last;
    }

    @Override
    final void tellSoFar(Listeners.Listener<TaskOutput> listener) {
        output.indices()
                .forEach(index -> pieces(index, output.stdout(index), output.stderr(index))
                        .forEach(listener::tell));
    }

    @Override
    public final synchronized String stdout() {
        StringBuilder text = new StringBuilder();
        output.indices().forEach(i -> Tagged.append(text, "stdout", engineOf(i), output.stdout(i)));
        return text.toString();
    }

    @Override
    public final synchronized String stderr() {
        StringBuilder text = new StringBuilder();
        output.indices().forEach(i -> Tagged.append(text, "stderr", engineOf(i), output.stderr(i)));
        return text.toString();
    }
}
