package io.gridctl;

import io.gridctl.function.RemoteBiFunction;
import io.gridctl.function.RemoteDoubleUnaryOperator;
import io.gridctl.function.RemoteFunction;
import io.gridctl.function.RemoteIntUnaryOperator;
import io.gridctl.function.RemoteLongUnaryOperator;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a direct view does with collections and arrays: maps over them, spreads them over its engines, works on the parts
 * where they lie, and brings them back.
 *
 * <p>Any thread may call. A call on a view that matches no engine fails with {@link NoEnginesException}.
 */
public interface DirectCollections {
    /**
     * Cuts a collection or an array into contiguous parts whose lengths differ by at most one, and stores each engine's part
     * under a name, as {@link DirectView#push(String, Object)} does: {@link #scatter(String, Object, Distribution)} with
     * {@link Distribution#BLOCK}.
     *
     * @param name the name, not blank
     * @param data a list, another collection, or an array of any type
     * @throws IllegalArgumentException if the data is neither
     * @throws NotShippableException if an element cannot be sent; nothing is stored then
     * @throws ScatterException if an engine was lost meanwhile; says which engines have their part
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    void scatter(String name, Object data) throws InterruptedException;

    /**
     * Cuts a collection or an array into one part per engine, and stores each engine's part under a name: a part of an
     * array is an array of its type, a part of a collection is a list. An engine for which nothing is left gets an empty
     * one. Where the parts lie is kept with them, so that {@link #gather(String)} finds them whichever engines come and
     * go.
     *
     * @param name the name, not blank
     * @param data a list, another collection, whose order is its iterator's, or an array of any type
     * @param distribution which elements go where
     * @throws IllegalArgumentException if the data is neither a collection nor an array
     * @throws NotShippableException if an element cannot be sent; nothing is stored then
     * @throws ScatterException if an engine was lost meanwhile; says which engines have their part
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    void scatter(String name, Object data, Distribution distribution) throws InterruptedException;

    /**
     * As {@link #scatter(String, Object)}, without waiting for the engines. The data is taken as it is when this returns.
     *
     * @param name the name, not blank
     * @param data a list, another collection, or an array of any type
     * @return knows when all parts are stored
     * @throws IllegalArgumentException if the data is neither
     * @throws NotShippableException if an element cannot be sent; nothing is stored then
     */
    AsyncResult<@Nullable Void> scatterAsync(String name, Object data);

    /**
     * As {@link #scatter(String, Object, Distribution)}, without waiting for the engines. The data is taken as it is when
     * this returns.
     *
     * @param name the name, not blank
     * @param data a list, another collection, or an array of any type
     * @param distribution which elements go where
     * @return knows when all parts are stored
     * @throws IllegalArgumentException if the data is neither a collection nor an array
     * @throws NotShippableException if an element cannot be sent; nothing is stored then
     */
    AsyncResult<@Nullable Void> scatterAsync(String name, Object data, Distribution distribution);

    /**
     * Fetches the parts of a name and puts them together again. Data that was scattered is found by what any engine of this
     * view has of it: all of it comes back in its order, the parts of engines that are not there now included, and engines
     * that have come since count for nothing. What engines have put under a name themselves is put together in the order of
     * this view. An engine may have changed its part, unless elements were dealt out in turns also its length; a value that
     * is neither a list nor an array counts as one element. Neither a busy nor a lost engine delays it.
     *
     * @param <T> the type the caller expects: that of the parts if they are arrays of one type, else a list
     * @param name the name
     * @return a new list or array
     * @throws CompositeException if an engine has no such name: a {@link NoSuchNameException} for each
     * @throws NoSuchNameException if no engine of this view has it
     * @throws GridException if there is no one order: the name was scattered more than once over different engines of this
     *     view
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    <T> T gather(String name) throws InterruptedException;

    /**
     * As {@link #gather(String)}, as an array or a list of the caller's choice: {@code int[].class}, {@code List.class}.
     *
     * @param <T> the type of the whole
     * @param name the name
     * @param type an array's class, or one of which a list is an instance
     * @return a new list or array
     * @throws IllegalArgumentException if the type is neither
     * @throws CompositeException if an engine has no such name: a {@link NoSuchNameException} for each
     * @throws NoSuchNameException if no engine of this view has it
     * @throws GridException if there is no one order, or an element does not fit into an array of this type
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    <T> T gather(String name, Class<T> type) throws InterruptedException;

    /**
     * As {@link #gather(String)}, without waiting for the parts; where they lie is looked up before this returns.
     *
     * @param <T> the type the caller expects
     * @param name the name
     * @return the whole to come
     */
    <T> AsyncResult<T> gatherAsync(String name);

    /**
     * As {@link #gather(String, Class)}, without waiting for the parts; where they lie is looked up before this returns.
     *
     * @param <T> the type of the whole
     * @param name the name
     * @param type an array's class, or one of which a list is an instance
     * @return the whole to come
     * @throws IllegalArgumentException if the type is neither
     */
    <T> AsyncResult<T> gatherAsync(String name, Class<T> type);

    /**
     * Calls a function with each item and waits for the values. Each engine gets neighbouring items, in the order of the
     * engines, as many as the others or one more, and runs them one after the other.
     *
     * @param <A> the type of the items
     * @param <R> the type of the values
     * @param code what to run
     * @param items what to call it with, in their iterator's order
     * @return one value per item, in the order of the items
     * @throws NotShippableException if the code or an item cannot be sent
     * @throws CompositeException if items failed: a failure for each with its index and its engine; those of an engine that
     *     was lost fail with {@link EngineLostException}. {@link #mapAsync} also gives the values of the others
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
            RemoteFunction<? super A, R> code, Collection<? extends A> items) throws InterruptedException;

    /**
     * As {@link #map(RemoteFunction, Collection)}, without waiting. Values arrive in chunks, some from each engine.
     * Cancelling interrupts the item that runs on each engine, and none after it is run. Items are taken as they are when
     * this returns.
     *
     * @param <A> the type of the items
     * @param <R> the type of the values
     * @param code what to run
     * @param items what to call it with, in their iterator's order
     * @return the values to come, one per item
     * @throws NotShippableException if the code or an item cannot be sent
     */
    <A extends @Nullable Object, R extends @Nullable Object> MapResult<R> mapAsync(
            RemoteFunction<? super A, R> code, Collection<? extends A> items);

    /**
     * As {@link #map(RemoteFunction, Collection)}, with a function that is on the engines.
     *
     * @param <R> the type the caller expects
     * @param function means a function on each engine
     * @param items the items, may be none, may hold null
     * @return one value per item, in the order of the items
     * @throws NotShippableException if an item cannot be sent
     * @throws CompositeException if it failed for one item or more, or there is no such function
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
     * As {@link #map(RemoteFunction, Collection)} with items of two inputs in step, as far as both go.
     *
     * @param <A> the type of the first input's items
     * @param <B> the type of the second input's items
     * @param <R> the type of the values
     * @param code what to run
     * @param first its first arguments
     * @param second its second arguments
     * @return one value per pair, in order
     * @throws NotShippableException if the code or an item cannot be sent
     * @throws CompositeException if items failed
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> List<R> map(
            RemoteBiFunction<? super A, ? super B, R> code,
            Collection<? extends A> first,
            Collection<? extends B> second)
            throws InterruptedException;

    /**
     * As {@link #mapAsync(RemoteFunction, Collection)} with items of two inputs in step, as far as both go.
     *
     * @param <A> the type of the first input's items
     * @param <B> the type of the second input's items
     * @param <R> the type of the values
     * @param code what to run
     * @param first its first arguments
     * @param second its second arguments
     * @return the values to come, one per pair
     * @throws NotShippableException if the code or an item cannot be sent
     */
    <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> MapResult<R> mapAsync(
            RemoteBiFunction<? super A, ? super B, R> code,
            Collection<? extends A> first,
            Collection<? extends B> second);

    /**
     * Calls a function with each element of an array and waits for the values. Each engine gets a contiguous part, whose
     * lengths differ by at most one. A part of more than 131,072 elements travels in chunks, a few of them under way at
     * once. An engine stops its chunk at the first element that fails, and is sent no more of its part then. Nothing is
     * boxed; for values of another type see {@link #parallel}.
     *
     * @param code what to run
     * @param data what to call it with
     * @return a new array of the values, in the order of the elements
     * @throws NotShippableException if the code cannot be sent
     * @throws CompositeException if it failed on one engine or more: the first failure of each, with the element's index and
     *     the engine
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    int[] map(RemoteIntUnaryOperator code, int[] data) throws InterruptedException;

    /**
     * As {@link #map(RemoteIntUnaryOperator, int[])}, without waiting.
     *
     * @param code what to run
     * @param data what to call it with, taken as it is when this returns
     * @return the values to come
     * @throws NotShippableException if the code cannot be sent
     */
    AsyncResult<int[]> mapAsync(RemoteIntUnaryOperator code, int[] data);

    /**
     * As {@link #map(RemoteIntUnaryOperator, int[])}, of another type.
     *
     * @param code what to run
     * @param data what to call it with
     * @return a new array of the values, in the order of the elements
     * @throws NotShippableException if the code cannot be sent
     * @throws CompositeException if it failed on one engine or more
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    long[] map(RemoteLongUnaryOperator code, long[] data) throws InterruptedException;

    /**
     * As {@link #map(RemoteLongUnaryOperator, long[])}, without waiting.
     *
     * @param code what to run
     * @param data what to call it with, taken as it is when this returns
     * @return the values to come
     * @throws NotShippableException if the code cannot be sent
     */
    AsyncResult<long[]> mapAsync(RemoteLongUnaryOperator code, long[] data);

    /**
     * As {@link #map(RemoteIntUnaryOperator, int[])}, of another type.
     *
     * @param code what to run
     * @param data what to call it with
     * @return a new array of the values, in the order of the elements
     * @throws NotShippableException if the code cannot be sent
     * @throws CompositeException if it failed on one engine or more
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    double[] map(RemoteDoubleUnaryOperator code, double[] data) throws InterruptedException;

    /**
     * As {@link #map(RemoteDoubleUnaryOperator, double[])}, without waiting.
     *
     * @param code what to run
     * @param data what to call it with, taken as it is when this returns
     * @return the values to come
     * @throws NotShippableException if the code cannot be sent
     */
    AsyncResult<double[]> mapAsync(RemoteDoubleUnaryOperator code, double[] data);

    /**
     * Calls a function on each engine once, with all of the engine's part of a collection or an array: contiguous parts,
     * whose lengths differ by at most one. The function gets a list of the part, or an array of the data's own type; an
     * engine for which nothing is left gets an empty one.
     *
     * @param <P> the type of a part: a list, or an array
     * @param <R> the type of the values
     * @param code what to run
     * @param data a list or an array of any type
     * @return one value per engine, in the order of the engines
     * @throws IllegalArgumentException if the data is neither
     * @throws NotShippableException if the code or an element cannot be sent
     * @throws CompositeException if it failed on one engine or more
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    <P, R extends @Nullable Object> List<R> parallel(RemoteFunction<? super P, R> code, P data)
            throws InterruptedException;

    /**
     * As {@link #parallel}, without waiting.
     *
     * @param <P> the type of a part: a list, or an array
     * @param <R> the type of the values
     * @param code what to run
     * @param data a list or an array of any type
     * @return the values to come, one per engine
     * @throws IllegalArgumentException if the data is neither
     * @throws NotShippableException if the code or an element cannot be sent
     */
    <P, R extends @Nullable Object> MapResult<R> parallelAsync(RemoteFunction<? super P, R> code, P data);

    /**
     * Calls a function with each element of the parts of a name, where they lie, and puts the values under another name, or
     * the same, with the same layout: {@link #gather(String)} of it gives them in the order of the elements. Of an array's
     * elements the values are an array if they are numbers, characters or booleans of one type, else a list.
     *
     * @param <A> the type of the elements
     * @param <R> the type of the values
     * @param name what was scattered, or is on each engine of this view
     * @param code what to run
     * @param into the name of the values, not blank
     * @throws NotShippableException if the code cannot be sent
     * @throws NoSuchEngineException if an engine that has a part is not there now
     * @throws CompositeException if it failed on one engine or more; they have no new values then
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    <A extends @Nullable Object, R extends @Nullable Object> void mapOver(
            String name, RemoteFunction<? super A, R> code, String into) throws InterruptedException;

    /**
     * As {@link #mapOver}, without waiting for the engines; where the parts lie is looked up before this returns.
     *
     * @param <A> the type of the elements
     * @param <R> the type of the values
     * @param name what was scattered, or is on each engine of this view
     * @param code what to run
     * @param into the name of the values, not blank
     * @return knows when all values are there
     * @throws NotShippableException if the code cannot be sent
     * @throws NoSuchEngineException if an engine that has a part is not there now
     */
    <A extends @Nullable Object, R extends @Nullable Object> AsyncResult<@Nullable Void> mapOverAsync(
            String name, RemoteFunction<? super A, R> code, String into);

    /**
     * Combines the elements of the parts of a name to one value: on each engine those of its part, where they lie, and here
     * what came of the parts. The operator has to be associative, and commutative if elements were dealt out in turns.
     *
     * @param <T> the type of the elements
     * @param name what was scattered, or is on each engine of this view
     * @param operator combines two values
     * @return the value, empty if there are no elements
     * @throws NotShippableException if the operator cannot be sent
     * @throws NoSuchEngineException if an engine that has a part is not there now
     * @throws CompositeException if it failed on one engine or more
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    <T> Optional<T> reduce(String name, RemoteBiFunction<T, T, ? extends T> operator) throws InterruptedException;

    /**
     * As {@link #reduce}, without waiting for the engines; where the parts lie is looked up before this returns.
     *
     * @param <T> the type of the elements
     * @param name what was scattered, or is on each engine of this view
     * @param operator combines two values
     * @return the value to come
     * @throws NotShippableException if the operator cannot be sent
     * @throws NoSuchEngineException if an engine that has a part is not there now
     */
    <T> AsyncResult<Optional<T>> reduceAsync(String name, RemoteBiFunction<T, T, ? extends T> operator);

    /**
     * Has the engines read a source, each about the same share of it, and keep what they read under a name: each has a list,
     * and {@link #gather(String)} gives all elements, those of files in the order of the files. The data goes straight to
     * where it stays, a megabyte at a time, so a source may be larger than any process's memory; the parts together must
     * fit into the grid's. The name is written when all has been read. If reading fails, or an engine is lost meanwhile,
     * nothing is written, and what was under the name stays.
     *
     * <p>A part need not fit into its engine's heap as objects. Reading all of it at once with {@code Namespace.get} needs
     * that, and works up to 2 GB of encoded elements.
     *
     * @param name the name, not blank
     * @param source what to read
     * @return the number of elements of each engine, in the order of the engines
     * @throws IllegalArgumentException if the source is a map that is not there
     * @throws NotShippableException if the record that rows become cannot be sent
     * @throws ScatterException if something cannot be read, with file, line and engine, or an engine was lost meanwhile;
     *     says which engines have their part
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    List<Long> scatterFrom(String name, Source source) throws InterruptedException;

    /**
     * As {@link #scatterFrom}, without waiting. Its progress counts megabytes of files or partitions of a map; cancelling
     * interrupts the constructors of records, and nothing is written under the name.
     *
     * @param name the name, not blank
     * @param source what to read
     * @return the numbers of elements to come
     * @throws IllegalArgumentException if the source is a map that is not there
     * @throws NotShippableException if the record that rows become cannot be sent
     */
    AsyncResult<List<Long>> scatterFromAsync(String name, Source source);

    /**
     * Puts the elements of a name, which must be entries ({@code Map.Entry}), into a map of the grid's Hazelcast cluster.
     * The engines do that, each with its own part; parts of engines that are gone are put by others. Keys and values are of
     * types that every JVM has. Entries that the map has under other keys stay. Of two entries with one key either may win.
     *
     * @param name the name
     * @param map the map's name; it is made if it is not there
     * @return how many entries were put
     * @throws NoSuchNameException if no engine of this view has the name
     * @throws GridException if an element is no such entry, or an engine was lost meanwhile; some entries may be in the map
     * @throws IllegalArgumentException if the map is one of the grid's own
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    long gatherInto(String name, String map) throws InterruptedException;

    /**
     * As {@link #gatherInto}, without waiting; where the parts lie is looked up before this returns.
     *
     * @param name the name
     * @param map the map's name; it is made if it is not there
     * @return the number of entries to come
     * @throws NoSuchNameException if no engine of this view has the name
     * @throws IllegalArgumentException if the map is one of the grid's own
     */
    AsyncResult<Long> gatherIntoAsync(String name, String map);
}
