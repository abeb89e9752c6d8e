package io.gridctl.node.client;

import io.gridctl.MapResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A map over items that are pulled as its values are read. They are sent in batches of half a window, so that one batch
 * is read while the next is worked on. Confined to the thread that reads.
 */
final class LazyMap<A extends @Nullable Object, R extends @Nullable Object, V extends @Nullable Object>
        implements Iterator<V>, AutoCloseable {
    /** Beyond this a batch gains nothing. */
    private static final int MOST = 8_192;

    private final Mapper<A, R> mapper;
    private final Iterator<? extends A> items;
    private final Runnable close;
    private final int batch;
    private final Function<MapResult<R>, Stream<V>> reader;
    private final Deque<Batch<V>> open = new ArrayDeque<>();

    /** What was sent together, and the values of it that are not read yet. */
    private record Batch<V extends @Nullable Object>(MapResult<?> result, Iterator<V> values) {}

    private long sent;

    /** Sends some items, the first of which has this index among all. */
    interface Mapper<A extends @Nullable Object, R extends @Nullable Object> {
        MapResult<R> map(List<A> items, long first);
    }

    private LazyMap(
            Mapper<A, R> mapper,
            Iterator<? extends A> items,
            Runnable close,
            int window,
            Function<MapResult<R>, Stream<V>> reader) {
        this.mapper = mapper;
        this.items = items;
        this.close = close;
        this.reader = reader;
        batch = batch(window);
    }

    /** How many items are sent together. */
    static int batch(int window) {
        return Math.max(1, Math.min(MOST, window / 2));
    }

    /** What the reader makes of the results of batches, one after the other. */
    static <A extends @Nullable Object, R extends @Nullable Object, V extends @Nullable Object> Stream<V> stream(
            Mapper<A, R> mapper, Stream<? extends A> items, int window, Function<MapResult<R>, Stream<V>> reader) {
        LazyMap<A, R, V> map = new LazyMap<>(mapper, items.iterator(), items::close, window, reader);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(map, Spliterator.ORDERED), false)
                .onClose(map::close);
    }

    private void fill() {
        while (open.size() < 2 && items.hasNext()) {
            List<A> some = new ArrayList<>();
            while (some.size() < batch && items.hasNext()) {
                some.add(items.next());
            }
            MapResult<R> result = mapper.map(some, sent);
            sent += some.size();
            open.addLast(new Batch<>(result, reader.apply(result).iterator()));
        }
    }

    @Override
    public boolean hasNext() {
        while (true) {
            fill();
            Batch<V> first = open.peekFirst();
            if (first == null) {
                return false;
            }
            if (first.values().hasNext()) {
                return true;
            }
            open.removeFirst();
        }
    }

    @Override
    public V next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return open.getFirst().values().next();
    }

    @Override
    public void close() {
        open.forEach(each -> each.result().cancel(true));
        open.clear();
        close.run();
    }
}
