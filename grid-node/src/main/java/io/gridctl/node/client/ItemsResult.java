package io.gridctl.node.client;

import io.gridctl.CompositeException;
import io.gridctl.GridException;
import io.gridctl.MapReport;
import io.gridctl.MapResult;
import io.gridctl.Progress;
import io.gridctl.Task;
import io.gridctl.TaskOutput;
import io.gridctl.TaskState;
import io.gridctl.node.task.FrameCall.TaskCall;
import io.gridctl.node.task.ItemBlock;
import io.gridctl.node.task.Outcome;
import io.gridctl.node.task.Outcome.ItemFailure;
import io.gridctl.node.task.Outcome.ItemText;
import io.gridctl.node.task.Outcome.PrintedText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A map of the load-balanced view. Items wait as they were given, or as bytes if they could change meanwhile, and take
 * some ten bytes more each; what engines say of them is kept by block. The result's lock guards all; values are read
 * under a lock of their own, because that runs user code.
 */
final class ItemsResult<R extends @Nullable Object> extends CallResult<List<R>> implements MapResult<R> {
    private static final byte WAITING = 0;
    private static final byte SENT = 1;
    private static final byte SUCCEEDED = 2;
    private static final byte FAILED = 3;
    private static final byte CANCELLED = 4;

    private final Function<@Nullable Object, byte[]> encoder;
    private final long firstId;
    private final int size;
    private final byte[] states;
    /** What each item is: what it was given as until it ends, then its value, once it has been asked for. */
    private final @Nullable Object[] cells;
    /** What is known of each item: the engine that has it, its block, or its failure. */
    private final @Nullable Object[] ends;

    private final Set<Chunk> underWay = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Integer, List<Integer>> failedOn = new HashMap<>(0);
    /** How often each item was sent in vain, if at all. */
    private final Map<Integer, Integer> earlier = new HashMap<>(0);

    private final ItemOutput output = new ItemOutput();
    private final Object reading = new Object();
    private int[] arrivals = new int[16];
    private int done;
    private boolean begun;
    private boolean failures;

    /** A failure as the engine described it, until somebody asks for it. */
    private record RemoteEnd(Block block, Outcome.End end) {}

    /**
     * Items to come.
     *
     * @param items the items, raw values or bytes; kept
     * @param firstId the first item's id; the others follow
     * @param encoder makes bytes of a raw value
     */
    ItemsResult(
            CallContext context, @Nullable Object[] items, long firstId, Function<@Nullable Object, byte[]> encoder) {
        super(context);
        this.encoder = encoder;
        this.firstId = firstId;
        size = items.length;
        cells = items;
        states = new byte[size];
        ends = new Object[size];
        if (size == 0) {
            complete();
        }
    }

    int size() {
        return size;
    }

    synchronized boolean waits(int index) {
        return states[index] == WAITING;
    }

    long firstId() {
        return firstId;
    }

    // ---- on the way to engines

    /** Under the lock, so that no item is dropped meanwhile; what is encoded here is constant and of the JDK. */
    synchronized TaskCall toCall(Chunk chunk) {
        if (spec().limits().areNone()) {
            ItemBlock.Writer block = new ItemBlock.Writer(16 * chunk.units());
            for (int i = chunk.from(); i < chunk.to(); i++) {
                block.add(bytes(i));
            }
            return new TaskCall(chunk.id(), chunk.units(), block.toBytes());
        }
        return new TaskCall(chunk.id(), bytes(chunk.from()));
    }

    private byte[] bytes(int index) {
        Object item = cells[index];
        return item instanceof byte[] ready ? ready : encoder.apply(item);
    }

    synchronized boolean sent(Chunk chunk, EngineRef engine) {
        begun = true;
        boolean any = false;
        for (int i = chunk.from(); i < chunk.to(); i++) {
            if (states[i] <= SENT) {
                states[i] = SENT;
                ends[i] = engine;
                any = true;
            }
        }
        if (any) {
            underWay.add(chunk);
        }
        return any;
    }

    synchronized void waits(Chunk chunk, boolean inVain) {
        underWay.remove(chunk);
        for (int i = chunk.from(); i < chunk.to(); i++) {
            if (states[i] == SENT) {
                if (inVain) {
                    earlier.merge(i, 1, Integer::sum);
                }
                states[i] = WAITING;
                ends[i] = null;
            }
        }
    }

    synchronized boolean areEnded(int from, int to) {
        for (int i = from; i < to; i++) {
            if (states[i] <= SENT) {
                return false;
            }
        }
        return true;
    }

    // ---- back from engines

    List<Parcel> outcome(Chunk chunk, Outcome outcome) {
        EngineRef engine = chunk.engine();
        if (engine == null) {
            return List.of();
        }
        List<Parcel> again = new ArrayList<>(0);
        boolean last;
        synchronized (this) {
            underWay.remove(chunk);
            int before = done;
            if (outcome.end() instanceof Outcome.Items items) {
                take(chunk, new Block(engine, chunk.from(), outcome.startedMillis(), items), items, again);
            } else {
                takeOne(chunk, engine, outcome, again);
            }
            last = done == size && done > before;
            notifyAll();
        }
        if (last) {
            complete();
        }
        return again;
    }

    private void take(Chunk chunk, Block block, Outcome.Items items, List<Parcel> again) {
        for (ItemText text : items.printed()) {
            print(chunk.from() + text.offset(), text.text());
        }
        for (ItemFailure failure : items.failures()) {
            fail(chunk.from() + failure.offset(), block, new Outcome.Failed(failure.failure()), again);
        }
        BitSet triedAgain = new BitSet(0);
        again.forEach(parcel -> triedAgain.set(((Chunk) parcel).from() - block.from));
        for (int i = block.from; i < block.from + block.count; i++) {
            if (states[i] <= SENT && !triedAgain.get(i - block.from)) {
                end(i, SUCCEEDED, block);
            }
        }
    }

    private void takeOne(Chunk chunk, EngineRef engine, Outcome outcome, List<Parcel> again) {
        print(chunk.from(), outcome.output());
        float[] ran = new float[chunk.units()];
        ran[0] = outcome.ranNanos();
        ItemBlock.Writer values = new ItemBlock.Writer(16);
        if (outcome.end() instanceof Outcome.Value value) {
            values.add(value.bytes());
        }
        Outcome.Items items = new Outcome.Items(chunk.units(), values.toBytes(), ran, List.of(), List.of());
        Block block = new Block(engine, chunk.from(), outcome.startedMillis(), items);
        for (int i = chunk.from(); i < chunk.to(); i++) {
            if (states[i] > SENT) {
                continue;
            }
            if (outcome.end() instanceof Outcome.Value) {
                end(i, SUCCEEDED, block);
            } else if (outcome.end() instanceof Outcome.Cancelled) {
                end(i, CANCELLED, block);
            } else {
                fail(i, block, outcome.end(), again);
            }
        }
    }

    private void fail(int index, Block block, Outcome.End how, List<Parcel> again) {
        if (states[index] > SENT) {
            return;
        }
        Retries retries = context().policy().retries();
        if (!retries.isNone()) {
            List<Integer> engines = failedOn.computeIfAbsent(index, i -> new ArrayList<>(2));
            engines.add(block.engine.id());
            if (retries.allow(engines.size(), () -> failure(index, block, how))) {
                earlier.merge(index, 1, Integer::sum);
                states[index] = WAITING;
                ends[index] = null;
                again.add(new Chunk(this, index, index + 1, null));
                return;
            }
        }
        failures = true;
        end(index, FAILED, new RemoteEnd(block, how));
    }

    private void end(int index, byte state, Object how) {
        states[index] = state;
        ends[index] = how;
        cells[index] = null;
        if (done == arrivals.length) {
            arrivals = Arrays.copyOf(arrivals, (int) Math.min(size, 4L * done));
        }
        arrivals[done++] = index;
    }

    /** Ends those of these items that are open, or only those that wait. */
    private void endOpen(int from, int to, byte state, Object how, boolean onlyWaiting) {
        boolean last;
        synchronized (this) {
            int before = done;
            for (int i = from; i < to; i++) {
                if (states[i] == WAITING || (states[i] == SENT && !onlyWaiting)) {
                    failures |= state == FAILED;
                    end(i, state, how);
                }
            }
            last = done == size && done > before;
            notifyAll();
        }
        if (last) {
            complete();
        }
    }

    void failed(int from, int to, GridException failure) {
        endOpen(from, to, FAILED, failure, false);
    }

    synchronized List<Integer> failedOn(int index) {
        return List.copyOf(failedOn.getOrDefault(index, List.of()));
    }

    @Override
    void failOpen(GridException reason) {
        failed(0, size, reason);
    }

    @Override
    void failWaiting(GridException reason) {
        endOpen(0, size, FAILED, reason, true);
    }

    @Override
    @Nullable
    List<Parcel> drop() {
        if (done == size) {
            return null;
        }
        List<Parcel> dropped = List.copyOf(underWay);
        endOpen(0, size, CANCELLED, CANCELLED, false);
        return dropped;
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

    private GridException failure(int index, Block block, Outcome.End how) {
        String id = idPrefix() + (firstId + index);
        return how instanceof Outcome.Failed failed
                ? Failures.rebuild(codec(), block.engine.id(), id, output.both(index), failed.failure())
                : Failures.timedOut(block.engine.id(), id, context().policy(), ((Outcome.TimedOut) how).quiet());
    }

    @Override
    List<R> valueOrFailure() {
        if (failures) {
            throw new CompositeException(failures(), size);
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

    private synchronized int awaitArrival(int number) throws InterruptedException {
        while (done <= number) {
            wait();
        }
        return arrivals[number];
    }

    private synchronized void awaitEnd(int index) throws InterruptedException {
        while (states[index] <= SENT) {
            wait();
        }
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

    synchronized void printed(int index, PrintedText text) {
        print(index, text);
    }

    private void print(int index, PrintedText text) {
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
