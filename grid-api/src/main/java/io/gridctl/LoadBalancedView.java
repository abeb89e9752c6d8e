package io.gridctl;

import io.gridctl.function.RemoteCallable;
import io.gridctl.function.RemoteFunction;
import io.gridctl.function.RemoteRunnable;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Engines as a pool: the grid chooses which engine runs what, the least loaded first. If an engine is lost, its tasks
 * run again elsewhere, so code that is called here is best written to be repeatable; each result is delivered once.
 *
 * <p>Any thread may call. Code reads an engine's own values through {@link Namespace#current()}. If no engine is ready,
 * a call fails with {@link NoEnginesException}.
 */
public interface LoadBalancedView {
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
     * As {@link #map}, without waiting. The items are taken as they are when this returns.
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
}
