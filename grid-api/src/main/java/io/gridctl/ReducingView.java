package io.gridctl;

import io.gridctl.function.RemoteBiFunction;
import io.gridctl.function.RemoteFunction;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a view makes of many items: one value. The engines combine what they have computed of neighbouring items, and only
 * that travels; here the rest is combined, by the thread that asks for the value.
 *
 * <p>Values are combined in the order of the items, but nobody knows in which groups. So an operator has to be
 * associative, {@code (a ∘ b) ∘ c = a ∘ (b ∘ c)}, and need not be commutative: joining texts is fine. It runs on
 * engines and in this program, and must not change its arguments. Each item counts once, also where it was tried again
 * or its engine was lost. Where tasks have a {@link LoadBalancedView#runningLimit limit}, items travel singly and all
 * is combined here.
 *
 * <p>An item fails if its function throws, or the operator when the item's value is added to those before it; then the
 * whole fails as {@link LoadBalancedView#map map} does. An operator that throws in this program fails it with a
 * {@link TaskFailedException} whose engine is -1.
 */
public interface ReducingView {
    /**
     * Combines all items and waits for the value.
     *
     * @param <T> the type of the items
     * @param operator combines two values, associative
     * @param items the items, may be none
     * @return the value; empty if there are no items, or the value is null
     * @throws NotShippableException if the operator or an item cannot be sent
     * @throws CompositeException if it failed for one item or more
     * @throws InterruptedException if this thread is interrupted while it waits; the call goes on
     */
    default <T extends @Nullable Object> Optional<T> reduce(
            RemoteBiFunction<T, T, ? extends T> operator, Collection<? extends T> items) throws InterruptedException {
        return this.<T>reduceAsync(operator, items).await();
    }

    /**
     * Combines all items, beginning with a value, and waits for the result.
     *
     * @param <T> the type of the items
     * @param identity the value of no items; stays in this program
     * @param operator combines two values, associative
     * @param items the items, may be none
     * @return the value
     * @throws NotShippableException if the operator or an item cannot be sent
     * @throws CompositeException if it failed for one item or more
     * @throws InterruptedException if this thread is interrupted while it waits; the call goes on
     */
    default <T extends @Nullable Object> T reduce(
            T identity, RemoteBiFunction<T, T, ? extends T> operator, Collection<? extends T> items)
            throws InterruptedException {
        return this.<T>reduceAsync(identity, operator, items).await();
    }

    /**
     * As {@link #reduce(RemoteBiFunction, Collection)}, without waiting.
     *
     * @param <T> the type of the items
     * @param operator combines two values, associative
     * @param items the items, may be none
     * @return the value to come
     * @throws NotShippableException if the operator or an item cannot be sent
     */
    default <T extends @Nullable Object> AsyncResult<Optional<T>> reduceAsync(
            RemoteBiFunction<T, T, ? extends T> operator, Collection<? extends T> items) {
        return this.<T, T>mapReduceAsync(RemoteFunction.itself(), operator, items);
    }

    /**
     * As {@link #reduce(Object, RemoteBiFunction, Collection)}, without waiting.
     *
     * @param <T> the type of the items
     * @param identity the value of no items; stays in this program
     * @param operator combines two values, associative
     * @param items the items, may be none
     * @return the value to come
     * @throws NotShippableException if the operator or an item cannot be sent
     */
    default <T extends @Nullable Object> AsyncResult<T> reduceAsync(
            T identity, RemoteBiFunction<T, T, ? extends T> operator, Collection<? extends T> items) {
        return this.<T, T>mapReduceAsync(identity, RemoteFunction.itself(), operator, items);
    }

    /**
     * Combines all items of a stream, which may be larger than memory. No more of them are taken ahead than the
     * {@link LoadBalancedView#window window} allows. Blocks; closes the stream.
     *
     * @param <T> the type of the items
     * @param operator combines two values, associative
     * @param items the items; read by this thread
     * @return the value; empty if there are no items, or the value is null
     * @throws NotShippableException if the operator or an item cannot be sent
     * @throws CompositeException if it failed for one item or more; nothing further is read then
     * @throws InterruptedException if this thread is interrupted while it waits; what is under way is cancelled
     */
    default <T extends @Nullable Object> Optional<T> reduce(
            RemoteBiFunction<T, T, ? extends T> operator, Stream<? extends T> items) throws InterruptedException {
        return this.<T, T>mapReduce(RemoteFunction.itself(), operator, items);
    }

    /**
     * Applies a function to every item, combines the values, and waits for the result.
     *
     * @param <A> the type of the items
     * @param <R> the type of the values
     * @param code the function
     * @param operator combines two values, associative
     * @param items the items, may be none
     * @return the value; empty if there are no items, or the value is null
     * @throws NotShippableException if the function, the operator or an item cannot be sent
     * @throws CompositeException if it failed for one item or more
     * @throws InterruptedException if this thread is interrupted while it waits; the call goes on
     */
    default <A extends @Nullable Object, R extends @Nullable Object> Optional<R> mapReduce(
            RemoteFunction<? super A, ? extends R> code,
            RemoteBiFunction<R, R, ? extends R> operator,
            Collection<? extends A> items)
            throws InterruptedException {
        return this.<A, R>mapReduceAsync(code, operator, items).await();
    }

    /**
     * Applies a function to every item, combines the values, beginning with one, and waits for the result.
     *
     * @param <A> the type of the items
     * @param <R> the type of the values
     * @param identity the value of no items; stays in this program
     * @param code the function
     * @param operator combines two values, associative
     * @param items the items, may be none
     * @return the value
     * @throws NotShippableException if the function, the operator or an item cannot be sent
     * @throws CompositeException if it failed for one item or more
     * @throws InterruptedException if this thread is interrupted while it waits; the call goes on
     */
    default <A extends @Nullable Object, R extends @Nullable Object> R mapReduce(
            R identity,
            RemoteFunction<? super A, ? extends R> code,
            RemoteBiFunction<R, R, ? extends R> operator,
            Collection<? extends A> items)
            throws InterruptedException {
        return this.<A, R>mapReduceAsync(identity, code, operator, items).await();
    }

    /**
     * As {@link #mapReduce(RemoteFunction, RemoteBiFunction, Collection)}, without waiting.
     *
     * @param <A> the type of the items
     * @param <R> the type of the values
     * @param code the function
     * @param operator combines two values, associative
     * @param items the items, may be none
     * @return the value to come
     * @throws NotShippableException if the function, the operator or an item cannot be sent
     */
    <A extends @Nullable Object, R extends @Nullable Object> AsyncResult<Optional<R>> mapReduceAsync(
            RemoteFunction<? super A, ? extends R> code,
            RemoteBiFunction<R, R, ? extends R> operator,
            Collection<? extends A> items);

    /**
     * As {@link #mapReduce(Object, RemoteFunction, RemoteBiFunction, Collection)}, without waiting.
     *
     * @param <A> the type of the items
     * @param <R> the type of the values
     * @param identity the value of no items; stays in this program
     * @param code the function
     * @param operator combines two values, associative
     * @param items the items, may be none
     * @return the value to come
     * @throws NotShippableException if the function, the operator or an item cannot be sent
     */
    <A extends @Nullable Object, R extends @Nullable Object> AsyncResult<R> mapReduceAsync(
            R identity,
            RemoteFunction<? super A, ? extends R> code,
            RemoteBiFunction<R, R, ? extends R> operator,
            Collection<? extends A> items);

    /**
     * Applies a function to every item of a stream and combines the values, as {@link #reduce(RemoteBiFunction, Stream)}.
     *
     * @param <A> the type of the items
     * @param <R> the type of the values
     * @param code the function
     * @param operator combines two values, associative
     * @param items the items; read by this thread
     * @return the value; empty if there are no items, or the value is null
     * @throws NotShippableException if the function, the operator or an item cannot be sent
     * @throws CompositeException if it failed for one item or more; nothing further is read then
     * @throws InterruptedException if this thread is interrupted while it waits; what is under way is cancelled
     */
    <A extends @Nullable Object, R extends @Nullable Object> Optional<R> mapReduce(
            RemoteFunction<? super A, ? extends R> code,
            RemoteBiFunction<R, R, ? extends R> operator,
            Stream<? extends A> items)
            throws InterruptedException;
}
