package io.gridctl;

import io.gridctl.function.RemoteBiFunction;
import io.gridctl.function.RemoteCallable;
import io.gridctl.function.RemoteFunction;
import io.gridctl.function.RemoteRunnable;
import io.gridctl.function.RemoteTriFunction;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Engines as a pool: the grid chooses which engine runs what, the least loaded first. If an engine is lost, its tasks
 * run again elsewhere, so code that is called here is best written to be repeatable; each result is delivered once.
 *
 * <p>Any thread may call. Code reads an engine's own values through {@link Namespace#current()}. If no engine is ready,
 * a call fails with {@link NoEnginesException}.
 *
 * <p>A view is immutable. What concerns failures, time, room and place is asked for by making another one of it:
 *
 * <pre>{@code
 * LoadBalancedView patient = grid.loadBalanced()
 *         .retries(3).retryDelay(Duration.ofMillis(100)).retryBackOff(2)
 *         .runningLimit(Duration.ofSeconds(10));
 * List<Page> pages = patient.map(Pages::fetch, addresses);
 * }</pre>
 */
public interface LoadBalancedView extends ReducingView {
    /**
     * Runs code on one engine and waits for its value.
     *
     * @param <R> the type of the value
     * @param code what to run
     * @return the value
     * @throws NotShippableException if the code cannot be sent
     * @throws GridException if it failed: {@link TaskFailedException}, {@link EngineLostException} and others
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    <R extends @Nullable Object> R apply(RemoteCallable<R> code) throws InterruptedException;

    /**
     * Runs a function on one engine and waits for its value.
     *
     * @param <A> the type of the argument
     * @param <R> the type of the value
     * @param code what to run
     * @param argument its argument, may be null
     * @return the value
     * @throws NotShippableException if the code or the argument cannot be sent
     * @throws GridException if it failed: {@link TaskFailedException}, {@link EngineLostException} and others
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    <A extends @Nullable Object, R extends @Nullable Object> R apply(RemoteFunction<? super A, R> code, A argument)
            throws InterruptedException;

    /**
     * Runs code on one engine for its effect and waits until it has run.
     *
     * @param code what to run
     * @throws NotShippableException if the code cannot be sent
     * @throws GridException if it failed: {@link TaskFailedException}, {@link EngineLostException} and others
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    void run(RemoteRunnable code) throws InterruptedException;

    /**
     * As {@link #apply(RemoteCallable)}, without waiting.
     *
     * @param <R> the type of the value
     * @param code what to run
     * @return the value to come
     * @throws NotShippableException if the code cannot be sent
     */
    <R extends @Nullable Object> AsyncResult<R> applyAsync(RemoteCallable<R> code);

    /**
     * As {@link #apply(RemoteFunction, Object)}, without waiting.
     *
     * @param <A> the type of the argument
     * @param <R> the type of the value
     * @param code what to run
     * @param argument its argument, may be null
     * @return the value to come
     * @throws NotShippableException if the code or the argument cannot be sent
     */
    <A extends @Nullable Object, R extends @Nullable Object> AsyncResult<R> applyAsync(
            RemoteFunction<? super A, R> code, A argument);

    /**
     * Applies a function to every item and waits for all values.
     *
     * @param <A> the type of the items
     * @param <R> the type of the values
     * @param code the function
     * @param items the items, may be none, may hold null
     * @return one value per item, in the order of the items
     * @throws NotShippableException if the function or an item cannot be sent
     * @throws CompositeException if it failed for one item or more
     * @throws InterruptedException if this thread is interrupted while it waits; the call goes on
     */
    <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
            RemoteFunction<? super A, R> code, Collection<? extends A> items) throws InterruptedException;

    /**
     * As {@link #map(RemoteFunction, Collection)}, without waiting. The items are taken as they are when this returns.
     *
     * @param <A> the type of the items
     * @param <R> the type of the values
     * @param code the function
     * @param items the items, may be none, may hold null
     * @return the values to come
     * @throws NotShippableException if the function or an item cannot be sent
     */
    <A extends @Nullable Object, R extends @Nullable Object> MapResult<R> mapAsync(
            RemoteFunction<? super A, R> code, Collection<? extends A> items);

    /**
     * Applies a function that is on the engines to each item and waits for all values. Each engine that may run some of it
     * has to know the function.
     *
     * @param <R> the type the caller expects
     * @param function means a function on each engine
     * @param items the items, may be none, may hold null
     * @return one value per item, in the order of the items
     * @throws NotShippableException if an item cannot be sent
     * @throws CompositeException if it failed for one item or more, or there is no such function where it was to run
     * @throws InterruptedException if this thread is interrupted while it waits; the call goes on
     */
    default <R extends @Nullable Object> List<R> map(Reference<?> function, Collection<?> items)
            throws InterruptedException {
        return this.<R>mapAsync(function, items).await();
    }

    /**
     * As {@link #map(Reference, Collection)}, without waiting.
     *
     * @param <R> the type the caller expects
     * @param function means a function on each engine
     * @param items the items, may be none, may hold null
     * @return the values to come
     * @throws NotShippableException if an item cannot be sent
     */
    <R extends @Nullable Object> MapResult<R> mapAsync(Reference<?> function, Collection<?> items);

    /**
     * Applies a function to the items of two collections in step, and waits for all values. The shorter one ends it.
     *
     * @param <A> the type of the first items
     * @param <B> the type of the second items
     * @param <R> the type of the values
     * @param code the function
     * @param first its first arguments
     * @param second its second arguments
     * @return one value per pair, in order
     * @throws NotShippableException if the function or an item cannot be sent
     * @throws CompositeException if it failed for one pair or more
     * @throws InterruptedException if this thread is interrupted while it waits; the call goes on
     */
    default <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> List<R> map(
            RemoteBiFunction<? super A, ? super B, R> code,
            Collection<? extends A> first,
            Collection<? extends B> second)
            throws InterruptedException {
        return this.<A, B, R>mapAsync(code, first, second).await();
    }

    /**
     * As {@link #map(RemoteBiFunction, Collection, Collection)}, without waiting.
     *
     * @param <A> the type of the first items
     * @param <B> the type of the second items
     * @param <R> the type of the values
     * @param code the function
     * @param first its first arguments
     * @param second its second arguments
     * @return the values to come
     * @throws NotShippableException if the function or an item cannot be sent
     */
    <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> MapResult<R> mapAsync(
            RemoteBiFunction<? super A, ? super B, R> code,
            Collection<? extends A> first,
            Collection<? extends B> second);

    /**
     * Applies a function to the items of three collections in step, and waits for all values. The shortest one ends it.
     *
     * @param <A> the type of the first items
     * @param <B> the type of the second items
     * @param <C> the type of the third items
     * @param <R> the type of the values
     * @param code the function
     * @param first its first arguments
     * @param second its second arguments
     * @param third its third arguments
     * @return one value per triple, in order
     * @throws NotShippableException if the function or an item cannot be sent
     * @throws CompositeException if it failed for one triple or more
     * @throws InterruptedException if this thread is interrupted while it waits; the call goes on
     */
    default <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object>
            List<R> map(
                    RemoteTriFunction<? super A, ? super B, ? super C, R> code,
                    Collection<? extends A> first,
                    Collection<? extends B> second,
                    Collection<? extends C> third)
                    throws InterruptedException {
        return this.<A, B, C, R>mapAsync(code, first, second, third).await();
    }

    /**
     * As {@link #map(RemoteTriFunction, Collection, Collection, Collection)}, without waiting.
     *
     * @param <A> the type of the first items
     * @param <B> the type of the second items
     * @param <C> the type of the third items
     * @param <R> the type of the values
     * @param code the function
     * @param first its first arguments
     * @param second its second arguments
     * @param third its third arguments
     * @return the values to come
     * @throws NotShippableException if the function or an item cannot be sent
     */
    <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object, R extends @Nullable Object>
            MapResult<R> mapAsync(
                    RemoteTriFunction<? super A, ? super B, ? super C, R> code,
                    Collection<? extends A> first,
                    Collection<? extends B> second,
                    Collection<? extends C> third);

    /**
     * Applies a function to the items of a stream, which may be infinite. Reading the values pulls the items: no more
     * of them are taken than the {@link #window window} allows beyond the values that were read. The reading thread
     * pulls; closing the stream of values cancels what is under way and closes the stream of items.
     *
     * @param <A> the type of the items
     * @param <R> the type of the values
     * @param code the function
     * @param items the items; read by the thread that reads the values
     * @return the values in the order of the items; a failed item throws its {@link GridException} where its value would
     *     stand
     * @throws NotShippableException if the function cannot be sent
     */
    <A extends @Nullable Object, R extends @Nullable Object> Stream<R> map(
            RemoteFunction<? super A, R> code, Stream<? extends A> items);

    /**
     * As {@link #map(RemoteFunction, Stream)}, with the values in the order in which they arrive.
     *
     * @param <A> the type of the items
     * @param <R> the type of the values
     * @param code the function
     * @param items the items; read by the thread that reads the values
     * @return the values as they come
     * @throws NotShippableException if the function cannot be sent
     */
    <A extends @Nullable Object, R extends @Nullable Object> Stream<R> mapUnordered(
            RemoteFunction<? super A, R> code, Stream<? extends A> items);

    /**
     * As {@link #map(RemoteFunction, Stream)}, with the failures of items as values, so that those behind them are read.
     *
     * @param <A> the type of the items
     * @param <R> the type of the values
     * @param code the function
     * @param items the items; read by the thread that reads the values
     * @return what became of the items, in their order
     * @throws NotShippableException if the function cannot be sent
     */
    <A extends @Nullable Object, R extends @Nullable Object> Stream<MapResult.Settled<R>> mapSettled(
            RemoteFunction<? super A, R> code, Stream<? extends A> items);

    /**
     * As {@link #map(RemoteFunction, Stream)}, for an iterator.
     *
     * @param <A> the type of the items
     * @param <R> the type of the values
     * @param code the function
     * @param items the items; read by the thread that reads the values
     * @return the values in the order of the items
     * @throws NotShippableException if the function cannot be sent
     */
    default <A extends @Nullable Object, R extends @Nullable Object> Stream<R> map(
            RemoteFunction<? super A, R> code, Iterator<? extends A> items) {
        Objects.requireNonNull(items, "items");
        return this.<A, R>map(
                code, StreamSupport.stream(Spliterators.spliteratorUnknownSize(items, Spliterator.ORDERED), false));
    }

    // ---- other views

    /**
     * A view whose tasks are tried again when they fail: on an engine where they have not failed yet, if there is one.
     * What is lost with an engine runs again in any case, and does not count.
     *
     * @param most how often a task is tried again, from 0; at first 0
     * @return another view
     * @throws IllegalArgumentException if it is negative
     */
    LoadBalancedView retries(int most);

    /**
     * A view that waits before it tries a task again.
     *
     * @param delay how long to wait before the first time; at first not at all
     * @return another view
     * @throws IllegalArgumentException if it is negative
     */
    LoadBalancedView retryDelay(Duration delay);

    /**
     * A view that waits longer each time before it tries a task again.
     *
     * @param factor what the delay is multiplied by from one time to the next, at least 1; at first 1
     * @return another view
     * @throws IllegalArgumentException if it is below 1
     */
    LoadBalancedView retryBackOff(double factor);

    /**
     * A view that tries again only what is worth it.
     *
     * @param when is given what the task threw, or the grid's own exception for a limit that was passed; asked in this
     *     program on a thread of the grid's own, so it must be quick; at first always true
     * @return another view
     */
    LoadBalancedView retryWhen(Predicate<? super Throwable> when);

    /**
     * A view whose maps and reductions end at the first failure: when one item has failed, for the last time if it is
     * tried again, those that wait are dropped and those that run are interrupted. The call fails with the failures that
     * there are; dropped items are cancelled. Of a lazy map over a stream it is the items that were sent together, half a
     * window at most, that are dropped.
     *
     * @return another view
     */
    LoadBalancedView failFast();

    /**
     * A view whose tasks fail with {@link WaitingTimeoutException} if no engine has room for them in time.
     *
     * @param limit how long a task may wait for an engine, at least a millisecond; zero for no limit, as at first
     * @return another view
     * @throws IllegalArgumentException if it is negative or below a millisecond
     */
    LoadBalancedView waitingLimit(Duration limit);

    /**
     * A view whose tasks fail with {@link RunningTimeoutException} if they run too long. Their thread is interrupted.
     * The items of a map travel singly then, as the limit is that of each item.
     *
     * @param limit how long a task may run, at least a millisecond; zero for no limit, as at first
     * @return another view
     * @throws IllegalArgumentException if it is negative or below a millisecond
     */
    LoadBalancedView runningLimit(Duration limit);

    /**
     * A view whose tasks fail with {@link NoProgressException} if they run for too long without a call of
     * {@link Namespace#progressed}. Their thread is interrupted.
     *
     * @param limit how long a task may be quiet, at least a millisecond; zero for no limit, as at first
     * @return another view
     * @throws IllegalArgumentException if it is negative or below a millisecond
     */
    LoadBalancedView progressLimit(Duration limit);

    /**
     * A view whose maps send so many items at once, rather than what their measured time asks for.
     *
     * @param items how many, at least 1; 0 to have it measured, as at first
     * @return another view
     * @throws IllegalArgumentException if it is negative or above a million
     */
    LoadBalancedView chunk(int items);

    /**
     * A view with a window of its own: the most tasks, and the most bytes of their arguments, that its single calls may
     * have open at the same time, and the most items that a lazy map has taken and not given back as values. What
     * {@link #whenFull} says happens to a call beyond it. The items of a collection are there anyway and do not count.
     *
     * @param tasks how many tasks, at least 1; at first 100,000
     * @param bytes how many bytes, at least 1; at first 256 MiB
     * @return another view
     * @throws IllegalArgumentException if one of them is below 1
     */
    LoadBalancedView window(int tasks, long bytes);

    /**
     * A view that says what happens to a call when its window is full.
     *
     * @param policy what happens; at first {@link WhenFull#BLOCK}
     * @return another view
     */
    LoadBalancedView whenFull(WhenFull policy);

    /**
     * A view of those engines for which a condition holds when work is given out. If it holds for none of the engines
     * that are ready when a call begins, the call fails at once with {@link NoEnginesException}.
     *
     * @param condition asked in this program, often and under a lock: it must be quick and must not change its mind
     * @return another view, of the engines for which this view's condition holds, too
     */
    LoadBalancedView where(Predicate<EngineInfo> condition);

    /**
     * A view of the engines that carry a tag.
     *
     * @param tag the tag
     * @return another view
     */
    LoadBalancedView where(String tag);

    /**
     * A view that prefers engines in its own way.
     *
     * @param choice which of several engines with room is preferred; at first {@link EngineChoice#leastLoaded}
     * @return another view
     */
    LoadBalancedView choice(EngineChoice choice);

    /**
     * A view whose calls begin when all these results have ended well. If one of them fails or is cancelled, its calls
     * fail with {@link DependencyException} and never run.
     *
     * @param results what has to come first
     * @return another view
     */
    LoadBalancedView after(AsyncResult<?>... results);

    /**
     * A view whose calls run on the engine where a single task ran, after that has ended well.
     *
     * @param results calls of one task each
     * @return another view
     * @throws IllegalArgumentException if one of them has several tasks
     * @throws DependencyException when a call is made, if they ran on more than one engine, or one of them failed
     */
    LoadBalancedView follow(AsyncResult<?>... results);

    /**
     * This view as an executor service, for whatever takes one. Tasks have to be serializable lambdas or objects, as
     * all code that travels; they run on the engines. Of a {@link java.util.concurrent.FutureTask}, of a completion
     * service's task and of a stage of a {@link java.util.concurrent.CompletableFuture} the code runs there, and the
     * future stays in this process, where a thread waits for each of the first two. Shutting it down leaves the grid as
     * it is.
     *
     * @return a new executor service, whose methods throw {@link java.util.concurrent.RejectedExecutionException} for
     *     what cannot travel
     */
    ExecutorService asExecutorService();
}
