package io.gridctl.node.client;

import io.gridctl.AsyncResult;
import io.gridctl.TaskFailedException;
import io.gridctl.function.RemoteBiFunction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A reduction over items that are pulled as it goes: two batches are under way, as of a {@link LazyMap}. */
final class LazyReduction<A extends @Nullable Object, R extends @Nullable Object> {
    private final Function<List<A>, AsyncResult<Optional<R>>> reducer;
    private final RemoteBiFunction<R, R, ? extends R> operator;
    private final Iterator<? extends A> items;
    private final int batch;
    private final Deque<AsyncResult<Optional<R>>> open = new ArrayDeque<>();

    private LazyReduction(
            Function<List<A>, AsyncResult<Optional<R>>> reducer,
            RemoteBiFunction<R, R, ? extends R> operator,
            Iterator<? extends A> items,
            int window) {
        this.reducer = reducer;
        this.operator = operator;
        this.items = items;
        batch = LazyMap.batch(window);
    }

    static <A extends @Nullable Object, R extends @Nullable Object> Optional<R> of(
            Function<List<A>, AsyncResult<Optional<R>>> reducer,
            RemoteBiFunction<R, R, ? extends R> operator,
            Stream<? extends A> items,
            int window)
            throws InterruptedException {
        try (items) {
            return new LazyReduction<>(reducer, operator, items.iterator(), window).value();
        }
    }

    private Optional<R> value() throws InterruptedException {
        boolean any = false;
        R sum = null;
        try {
            while (fill()) {
                R next = open.getFirst().await().orElse(null);
                open.removeFirst();
                sum = any ? combine(sum, next) : next;
                any = true;
            }
            return Optional.ofNullable(sum);
        } finally {
            open.forEach(each -> each.cancel(true));
        }
    }

    /** False if nothing is left. */
    private boolean fill() {
        while (open.size() < 2 && items.hasNext()) {
            List<A> some = new ArrayList<>();
            while (some.size() < batch && items.hasNext()) {
                some.add(items.next());
            }
            open.addLast(reducer.apply(some));
        }
        return !open.isEmpty();
    }

    @SuppressWarnings("CatchingUnchecked")
    private R combine(R sum, R next) throws InterruptedException {
        try {
            return operator.apply(sum, next);
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Throwable thrown) {
            throw new TaskFailedException(
                    -1, "reduction", thrown.getClass().getName(), thrown.getMessage(), "", thrown);
        }
    }
}
