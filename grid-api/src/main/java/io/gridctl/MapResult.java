package io.gridctl;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The result of a call with several parts: one per engine for a direct view, one per item for a map.
 *
 * @param <R> the type of one part's value
 */
public interface MapResult<R extends @Nullable Object> extends AsyncResult<List<R>> {
    /**
     * One part's value.
     *
     * @param <R> the type of the value
     * @param index which part: the position of the item, or of the engine in the view
     * @param value its value
     */
    record Item<R extends @Nullable Object>(int index, R value) {}

    /**
     * The values in order, each as soon as it and all before it are there. Reading the stream waits; a failed part
     * throws its {@link GridException} where its value would stand. An interrupt while waiting ends the stream with
     * a {@link GridException} and leaves the thread's interrupt flag set.
     *
     * @return a new sequential stream for each call
     */
    Stream<R> stream();

    /**
     * As {@link #stream()}, with a part's failure in its place rather than thrown.
     *
     * @return a new sequential stream for each call, which throws a {@link CancellationException} at a cancelled part
     */
    Stream<Settled<R>> streamSettled();

    /**
     * The values in the order in which they arrive. Reading the stream waits, as in {@link #stream()}.
     *
     * @return a new sequential stream for each call
     */
    Stream<Item<R>> asCompleted();

    /**
     * The parts as futures. Each completes as soon as its part has ended, on a thread of the grid's own, with the part's
     * {@link GridException} if it failed and as cancelled if it was; completing or cancelling a future does not reach the
     * grid. Does not wait.
     *
     * @return one per part, in order; new futures for each call
     */
    List<CompletableFuture<R>> futures();

    /**
     * Waits for all and gives the values by engine.
     *
     * @return engine id to value, in the order of the parts
     * @throws IllegalStateException if one engine ran more than one part
     * @throws GridException if a part failed
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    Map<Integer, R> byEngine() throws InterruptedException;

    /**
     * One part's end.
     *
     * @param <R> the type of the value
     * @param value its value, null if it failed
     * @param failure its failure, if it failed
     */
    record Settled<R extends @Nullable Object>(@Nullable R value, Optional<GridException> failure) {}

    /**
     * Waits until all parts have ended, and gives failures in place rather than throwing them.
     *
     * @return one per part, in order
     * @throws CancellationException if the call was cancelled
     * @throws InterruptedException if this thread is interrupted while it waits; the call goes on
     */
    List<Settled<R>> settled() throws InterruptedException;

    /**
     * Waits until all parts have ended well, or one has failed: then it throws at once, and the others go on. To end them,
     * {@link #cancel cancel}, or call a view that {@link LoadBalancedView#failFast fails fast}.
     *
     * @return the values, in order
     * @throws CompositeException with the failures that there are by then
     * @throws CancellationException if the call was cancelled
     * @throws InterruptedException if this thread is interrupted while it waits; the call goes on
     */
    List<R> awaitAllOrFailure() throws InterruptedException;

    /**
     * What the call cost and where its time went, of the parts that have ended.
     *
     * @return a snapshot
     */
    MapReport report();
}
