package io.gridctl.node.client;

import io.gridctl.CompositeException;
import io.gridctl.GridException;
import io.gridctl.MapReport;
import io.gridctl.MapResult;
import io.gridctl.Progress;
import io.gridctl.Task;
import io.gridctl.TaskOutput;
import io.gridctl.TaskState;
import io.gridctl.node.task.Outcome;
import io.gridctl.node.task.Outcome.PrintedText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A map of the load-balanced view. Values are read under a lock of their own, because that runs user code. */
final class ItemsResult<R extends @Nullable Object> extends ItemTraffic<R> implements MapResult<R> {
    private final Object reading = new Object();
    private final long firstItem;

    /**
     * Items to come.
     *
     * @param items the items, raw values or bytes; kept
     * @param firstId the first item's id; the others follow
     * @param encoder makes bytes of a raw value
     * @param firstItem the index of the first item in the map, of which this may be a part
     */
    ItemsResult(
            CallContext context,
            @Nullable Object[] items,
            long firstId,
            Function<@Nullable Object, byte[]> encoder,
            long firstItem) {
        super(context, items, firstId, encoder);
        this.firstItem = firstItem;
    }

    // ---- values

    /**
     * One value, which has to be there.
     *
     * @throws GridException if the item failed
     */
    @SuppressWarnings("unchecked")
    private R value(int index) {
        Object how;
        byte state;
        synchronized (this) {
            how = ends[index];
            state = states[index];
        }
        if (state == CANCELLED) {
            throw new CancellationException("the call was cancelled");
        }
        if (state == FAILED) {
            throw failureOf(index, how);
        }
        synchronized (reading) {
            ((Block) Objects.requireNonNull(how)).read((at, bytes) -> {
                // Of a block only what it ended is its own.
                if (ends[at] == how) {
                    cells[at] = decode(bytes);
                }
            });
            return (R) cells[index];
        }
    }

    private GridException failureOf(int index, @Nullable Object how) {
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
    GridException failure(int index, Block block, Outcome.End how) {
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

    @Override
    List<R> valueOrFailure() {
        if (failures) {
            List<Long> items = IntStream.range(0, size)
                    .filter(index -> states[index] == FAILED)
                    .mapToObj(index -> firstItem + index)
                    .toList();
            throw new CompositeException(failures(), items, size);
        }
        if (isCancelled()) {
            throw new CancellationException("the call was cancelled");
        }
        List<R> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(value(i));
        }
        return Collections.unmodifiableList(values);
    }

    private List<GridException> failures() {
        List<GridException> found = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (states[i] == FAILED) {
                found.add(failureOf(i, ends[i]));
            }
        }
        return found;
    }

    // ---- waiting

    private int awaitArrival(int number) throws InterruptedException {
        awaitUntil(() -> done > number);
        synchronized (this) {
            return arrivals[number];
        }
    }

    private void awaitEnd(int index) throws InterruptedException {
        awaitUntil(() -> states[index] > SENT);
    }

    @Override
    public Stream<R> stream() {
        return IntStream.range(0, size).mapToObj(index -> {
            try {
                awaitEnd(index);
            } catch (InterruptedException e) {
                throw ListResult.interrupted(e);
            }
            return value(index);
        });
    }

    @Override
    public Stream<Item<R>> asCompleted() {
        return IntStream.range(0, size).mapToObj(number -> {
            try {
                int index = awaitArrival(number);
                return new Item<>(index, value(index));
            } catch (InterruptedException e) {
                throw ListResult.interrupted(e);
            }
        });
    }

    private synchronized int arrival(int number) {
        return done <= number ? -1 : arrivals[number];
    }

    @Override
    public List<CompletableFuture<R>> futures() {
        return follow(new PartFutures<>(size, context().threads(), this::arrival, this::value));
    }

    @Override
    public Map<Integer, R> byEngine() throws InterruptedException {
        await();
        Map<Integer, R> values = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            Integer engine = ((Block) Objects.requireNonNull(ends[i])).engine.id();
            if (values.containsKey(engine)) {
                throw new IllegalStateException("an engine ran more than one part, so values have no one engine");
            }
            values.put(engine, value(i));
        }
        return values;
    }

    @Override
    public List<Settled<R>> settled() throws InterruptedException {
        awaitAll();
        return Settling.all(size, this::value);
    }

    // ---- what is known

    @Override
    public MapReport report() {
        Set<EngineRef> engines = new HashSet<>();
        synchronized (this) {
            for (int i = 0; i < size; i++) {
                Block block = block(i);
                if (block != null) {
                    engines.add(block.engine);
                }
            }
        }
        return MapReport.of(
                tasks(),
                wallTime(),
                engines.stream().mapToInt(engine -> engine.info().slots()).sum());
    }

    @Override
    public synchronized boolean isRunning() {
        return begun && done < size;
    }

    @Override
    public synchronized Progress progress() {
        return new Progress(done, size);
    }

    private @Nullable Block block(int index) {
        Object how = ends[index];
        return how instanceof Block block ? block : how instanceof RemoteEnd remote ? remote.block() : null;
    }

    @Override
    public synchronized Duration serialTime() {
        long sum = 0;
        for (int i = 0; i < size; i++) {
            Block block = block(i);
            sum += block == null ? 0 : block.ranNanos(i);
        }
        return Duration.ofNanos(sum);
    }

    @Override
    public List<Task> tasks() {
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
    void print(int index, PrintedText text) {
        if (text.isEmpty()) {
            return;
        }
        output.keep(index, text);
        if (hasListeners()) {
            pieces(index, text.stdout(), text.stderr()).forEach(this::tell);
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

    @Override
    void tellSoFar(Listener listener) {
        output.indices()
                .forEach(index -> pieces(index, output.stdout(index), output.stderr(index))
                        .forEach(listener::tell));
    }

    @Override
    public synchronized String stdout() {
        StringBuilder text = new StringBuilder();
        output.indices().forEach(i -> Tagged.append(text, "stdout", engineOf(i), output.stdout(i)));
        return text.toString();
    }

    @Override
    public synchronized String stderr() {
        StringBuilder text = new StringBuilder();
        output.indices().forEach(i -> Tagged.append(text, "stderr", engineOf(i), output.stderr(i)));
        return text.toString();
    }
}
