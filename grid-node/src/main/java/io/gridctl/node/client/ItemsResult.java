package io.gridctl.node.client;

import io.gridctl.GridException;
import io.gridctl.MapReport;
import io.gridctl.MapResult;
import io.gridctl.node.payload.ItemBlock;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A map of the load-balanced view. Values are read under a lock of their own, because that runs user code. */
final class ItemsResult<R extends @Nullable Object> extends ItemsCall<List<R>> implements MapResult<R> {
    private final Object reading = new Object();

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
        super(context, items, firstId, encoder, firstItem);
    }

    // ---- values

    /**
     * One value, which has to be there.
     *
     * @throws GridException if the item failed
     */
    private R value(int index) {
        Object how;
        byte state;
        synchronized (this) {
            how = ends[index];
            state = states[index];
        }
        if (state == CANCELLED) {
            throw dropped();
        }
        if (state == FAILED) {
            throw failureOf(index, how);
        }
        synchronized (reading) {
            return read(index, (Block) Objects.requireNonNull(how));
        }
    }

    /** Under the lock on reading: all values of a block are read at once. */
    @SuppressWarnings("unchecked")
    private R read(int index, Block block) {
        if (!block.isRead()) {
            block.read((at, value) -> {
                // Of a block only what it ended is its own.
                if (ends[at] == block) {
                    cells[at] = value instanceof byte[] bytes
                            ? decode(bytes)
                            : value instanceof ItemBlock.Row row ? row.make(this::decode) : value;
                }
            });
        }
        return (R) cells[index];
    }

    /** All have ended well, so nothing in the cells will change. */
    @Override
    @SuppressWarnings("unchecked")
    List<R> valueOrFailure() {
        ensureSuccess();
        synchronized (reading) {
            for (int i = 0; i < size; i++) {
                read(i, (Block) Objects.requireNonNull(ends[i]));
            }
        }
        return (List<R>) Collections.unmodifiableList(Arrays.asList(cells));
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
    public Stream<Settled<R>> streamSettled() {
        return Settling.stream(size, this::awaitEnd, this::value);
    }

    @Override
    public List<R> awaitAllOrFailure() throws InterruptedException {
        awaitUntil(() -> firstFailed >= 0 || done == size);
        ensureNoFailure();
        return await();
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
}
