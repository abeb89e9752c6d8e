package io.gridctl.node.client;

import io.gridctl.GridException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** The parts of a call as futures, which complete in the order in which the parts arrive, on the grid's own threads. */
final class PartFutures<R extends @Nullable Object> {
    private final List<CompletableFuture<R>> futures;
    private final Executor inOrder;
    private final IntUnaryOperator arrivals;
    private final IntFunction<R> values;
    /** How many were told. Only the executor's one call at a time uses it. */
    private int told;

    /**
     * The futures of a call.
     *
     * @param size how many parts it has
     * @param threads the grid's own
     * @param arrivals which part arrived as number so many, -1 if none has yet
     * @param values a part's value, or a throw of its failure
     */
    PartFutures(int size, Executor threads, IntUnaryOperator arrivals, IntFunction<R> values) {
        this.arrivals = arrivals;
        this.values = values;
        inOrder = new InOrder(threads);
        List<CompletableFuture<R>> all = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            all.add(new LendingFuture<>());
        }
        futures = Collections.unmodifiableList(all);
    }

    List<CompletableFuture<R>> futures() {
        return futures;
    }

    /** Parts may have arrived. */
    void arrived() {
        inOrder.execute(this::tell);
    }

    private void tell() {
        while (told < futures.size()) {
            int index = arrivals.applyAsInt(told);
            if (index < 0) {
                return;
            }
            told++;
            complete(futures.get(index), index);
        }
    }

    private void complete(CompletableFuture<R> future, int index) {
        try {
            future.complete(values.apply(index));
        } catch (GridException | CancellationException failure) {
            future.completeExceptionally(failure);
        }
    }
}
