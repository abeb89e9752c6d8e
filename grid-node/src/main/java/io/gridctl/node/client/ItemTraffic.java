package io.gridctl.node.client;

import io.gridctl.GridException;
import io.gridctl.node.payload.FlatRecord;
import io.gridctl.node.payload.ItemBlock;
import io.gridctl.node.payload.PayloadCodec;
import io.gridctl.node.task.FrameCall.TaskCall;
import io.gridctl.node.task.Outcome;
import io.gridctl.node.task.Outcome.ItemFailure;
import io.gridctl.node.task.Outcome.ItemText;
import io.gridctl.node.task.Outcome.News;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The items of a map on their way to engines, and what comes back. Items wait as they were given, or as bytes if they
 * could change meanwhile, and take some ten bytes more each; what engines say of them is kept by block. The result's
 * lock guards all.
 */
abstract class ItemTraffic<T extends @Nullable Object> extends CallResult<T> {
    /** A block of arguments grows beyond this only if it has to. */
    private static final long MOST_AT_FIRST = 4 << 20;

    static final byte WAITING = 0;
    static final byte SENT = 1;
    static final byte SUCCEEDED = 2;
    static final byte FAILED = 3;
    static final byte CANCELLED = 4;

    private final Function<@Nullable Object, byte[]> encoder;
    final long firstId;
    final int size;
    final byte[] states;
    /** What each item is: what it was given as until it ends, then its value, once it has been asked for. */
    final @Nullable Object[] cells;
    /** What is known of each item: the engine that has it, its block, or its failure. */
    final @Nullable Object[] ends;

    /** A record of each class that there is among the items, as the codec writes it. */
    private final Map<Class<?>, byte[]> examples = new HashMap<>(0);

    private final Set<Chunk> underWay = Collections.newSetFromMap(new IdentityHashMap<>());
    final Map<Integer, List<Integer>> failedOn = new HashMap<>(0);
    /** How often each item was sent in vain, if at all. */
    final Map<Integer, Integer> earlier = new HashMap<>(0);

    final ItemOutput output = new ItemOutput();
    int[] arrivals = new int[16];
    int done;
    boolean begun;
    /** The item that failed before all others, -1 as long as none has. */
    int firstFailed = -1;

    /** A failure as the engine described it, until somebody asks for it. */
    record RemoteEnd(Block block, Outcome.End end) {}

    /**
     * Items to come.
     *
     * @param items the items, raw values or bytes; kept
     * @param firstId the first item's id; the others follow
     * @param encoder makes bytes of a raw value
     */
    ItemTraffic(
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

    /** Under the lock, so that no item is dropped meanwhile; what is encoded here is constant, and no code of the user's runs. */
    synchronized TaskCall toCall(Chunk chunk) {
        if (spec().limits().areNone()) {
            long bytes = reach(chunk.from(), chunk.to(), MOST_AT_FIRST).bytes();
            ItemBlock.Writer block = new ItemBlock.Writer((int) Math.min(bytes, MOST_AT_FIRST));
            for (int i = chunk.from(); i < chunk.to(); i++) {
                add(cells[i], block);
            }
            return new TaskCall(chunk.id(), chunk.units(), block.toBytes());
        }
        Object item = cells[chunk.from()];
        return new TaskCall(chunk.id(), item instanceof byte[] ready ? ready : encoder.apply(item));
    }

    private void add(@Nullable Object item, ItemBlock.Writer block) {
        if (item instanceof byte[] ready) {
            block.addEncoded(ready);
        } else if (PayloadCodec.isConstant(item)) {
            block.add(item);
        } else {
            Class<?> type = Objects.requireNonNull(item).getClass();
            @Nullable Object[] parts = FlatRecord.of(type).orElseThrow().parts(item);
            if (parts == null) {
                block.addEncoded(encoder.apply(item));
            } else {
                block.addRecord(type, parts, examples.computeIfAbsent(type, record -> encoder.apply(item)));
            }
        }
    }

    /** Neighbouring items up to before this one, and about how many bytes they are in a frame. */
    record Reach(int end, long bytes) {}

    /** The items from this one on that wait and are no more than so many bytes together, at least one of them. */
    synchronized Reach reach(int from, int end, long mostBytes) {
        int to = from;
        long bytes = 0;
        while (to < end && bytes < mostBytes) {
            bytes += weight(to++);
        }
        return new Reach(to, bytes);
    }

    private long weight(int index) {
        Object item = cells[index];
        if (item instanceof Integer) {
            return Integer.BYTES;
        }
        return item instanceof byte[] ready
                ? Integer.BYTES + ready.length
                : item instanceof String text ? Integer.BYTES + text.length() : weightOfOther(item);
    }

    private static long weightOfOther(@Nullable Object item) {
        return PayloadCodec.isConstant(item)
                ? Long.BYTES
                : FlatRecord.of(Objects.requireNonNull(item).getClass())
                        .orElseThrow()
                        .weight(item);
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
        boolean failed;
        synchronized (this) {
            underWay.remove(chunk);
            int before = done;
            if (outcome.end() instanceof Outcome.Items items) {
                take(chunk, new Block(engine, chunk.from(), outcome.startedMillis(), items), items, again);
            } else {
                takeOne(chunk, engine, outcome, again);
            }
            last = done == size && done > before;
            failed = firstFailed >= 0;
            notifyAll();
        }
        arrived();
        if (last) {
            complete();
        } else if (failed) {
            failFast();
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
            values.addEncoded(value.bytes());
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
        end(index, FAILED, new RemoteEnd(block, how));
    }

    private void end(int index, byte state, Object how) {
        states[index] = state;
        ends[index] = how;
        cells[index] = null;
        if (state == FAILED && firstFailed < 0) {
            firstFailed = index;
        }
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
                    end(i, state, how);
                }
            }
            last = done == size && done > before;
            notifyAll();
        }
        arrived();
        if (last) {
            complete();
        } else if (state == FAILED) {
            failFast();
        }
    }

    private void failFast() {
        if (context().policy().failFast()) {
            dropRest();
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

    /** What the engine said of a failure, as an exception. */
    abstract GridException failure(int index, Block block, Outcome.End how);

    abstract void print(int index, News text);

    final synchronized void printed(int index, News text) {
        print(index, text);
    }
}
