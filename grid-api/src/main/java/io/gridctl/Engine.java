package io.gridctl;

import io.gridctl.function.RemoteBiFunction;
import io.gridctl.function.RemoteCallable;
import io.gridctl.function.RemoteConsumer;
import io.gridctl.function.RemoteFunction;
import io.gridctl.function.RemoteRunnable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One engine, addressed by its id: single values rather than lists. If the engine dies and is started again under its
 * id, the same object speaks to the new one.
 */
public interface Engine {
    /**
     * The engine's number.
     *
     * @return its id
     */
    int id();

    /**
     * Who fills the id now.
     *
     * @return host, process, slots, tags
     * @throws NoSuchEngineException if nobody does
     */
    EngineInfo info();

    /**
     * What the engine is doing. A busy engine answers at once.
     *
     * @return counts of tasks, and its heap
     * @throws NoSuchEngineException if nobody fills the id
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    EngineStatus status() throws InterruptedException;

    /**
     * Runs code on the engine and waits for its value.
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
     * Runs a function of the engine's namespace on the engine and waits for its value.
     *
     * @param <R> the type of the value
     * @param code what to run; its argument is the namespace of the engine that runs it
     * @return the value
     * @throws NotShippableException if the code cannot be sent
     * @throws GridException if it failed: {@link TaskFailedException}, {@link EngineLostException} and others
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    <R extends @Nullable Object> R apply(RemoteFunction<? super Namespace, R> code) throws InterruptedException;

    /**
     * Runs a function with an argument on the engine and waits for its value.
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
     * Runs a function of the engine's namespace and an argument on the engine and waits for its value.
     *
     * @param <A> the type of the argument
     * @param <R> the type of the value
     * @param code what to run
     * @param argument its second argument, may be null
     * @return the value
     * @throws NotShippableException if the code or the argument cannot be sent
     * @throws GridException if it failed: {@link TaskFailedException}, {@link EngineLostException} and others
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    <A extends @Nullable Object, R extends @Nullable Object> R apply(
            RemoteBiFunction<? super Namespace, ? super A, R> code, A argument) throws InterruptedException;

    /**
     * Runs a function with two arguments on the engine and waits for its value.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <R> the type of the value
     * @param code what to run
     * @param first its first argument, may be null
     * @param second its second argument, may be null
     * @return the value
     * @throws NotShippableException if the code or an argument cannot be sent
     * @throws GridException if it failed: {@link TaskFailedException}, {@link EngineLostException} and others
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> R apply(
            RemoteBiFunction<? super A, ? super B, R> code, A first, B second) throws InterruptedException;

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
     * As {@link #apply(RemoteFunction)}, without waiting.
     *
     * @param <R> the type of the value
     * @param code what to run
     * @return the value to come
     * @throws NotShippableException if the code cannot be sent
     */
    <R extends @Nullable Object> AsyncResult<R> applyAsync(RemoteFunction<? super Namespace, R> code);

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
     * As {@link #apply(RemoteBiFunction, Object)}, without waiting.
     *
     * @param <A> the type of the argument
     * @param <R> the type of the value
     * @param code what to run
     * @param argument its second argument, may be null
     * @return the value to come
     * @throws NotShippableException if the code or the argument cannot be sent
     */
    <A extends @Nullable Object, R extends @Nullable Object> AsyncResult<R> applyAsync(
            RemoteBiFunction<? super Namespace, ? super A, R> code, A argument);

    /**
     * As {@link #apply(RemoteBiFunction, Object, Object)}, without waiting.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <R> the type of the value
     * @param code what to run
     * @param first its first argument, may be null
     * @param second its second argument, may be null
     * @return the value to come
     * @throws NotShippableException if the code or an argument cannot be sent
     */
    <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> AsyncResult<R> applyAsync(
            RemoteBiFunction<? super A, ? super B, R> code, A first, B second);

    /**
     * Runs code on the engine for its effect and waits until it has run.
     *
     * @param code what to run
     * @throws NotShippableException if the code cannot be sent
     * @throws GridException if it failed: {@link TaskFailedException}, {@link EngineLostException} and others
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    void run(RemoteRunnable code) throws InterruptedException;

    /**
     * Runs code that works on the engine's namespace on the engine and waits until it has run.
     *
     * @param code what to run
     * @throws NotShippableException if the code cannot be sent
     * @throws GridException if it failed: {@link TaskFailedException}, {@link EngineLostException} and others
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    void run(RemoteConsumer<? super Namespace> code) throws InterruptedException;

    /**
     * As {@link #run(RemoteRunnable)}, without waiting.
     *
     * @param code what to run
     * @return knows when it has run
     * @throws NotShippableException if the code cannot be sent
     */
    AsyncResult<@Nullable Void> runAsync(RemoteRunnable code);

    /**
     * As {@link #run(RemoteConsumer)}, without waiting.
     *
     * @param code what to run
     * @return knows when it has run
     * @throws NotShippableException if the code cannot be sent
     */
    AsyncResult<@Nullable Void> runAsync(RemoteConsumer<? super Namespace> code);

    /**
     * Stores a value under a name on the engine. It is stored when this returns: a busy engine does not delay it, and the
     * value outlives the engine's process.
     *
     * @param name the name, not blank
     * @param value the value, may be null
     * @throws NotShippableException if the value cannot be sent
     * @throws EngineLostException if the engine was lost meanwhile
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    void push(String name, @Nullable Object value) throws InterruptedException;

    /**
     * Stores several values on the engine, as {@link #push(String, Object)} does for one.
     *
     * @param values name to value
     * @throws NotShippableException if a value cannot be sent; none is stored then
     * @throws EngineLostException if the engine was lost meanwhile
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    void push(Map<String, ? extends @Nullable Object> values) throws InterruptedException;

    /**
     * As {@link #push(String, Object)}, without waiting. The value is taken as it is when this returns.
     *
     * @param name the name, not blank
     * @param value the value, may be null
     * @return knows when it is stored
     * @throws NotShippableException if the value cannot be sent
     */
    AsyncResult<@Nullable Void> pushAsync(String name, @Nullable Object value);

    /**
     * Fetches the value of a name. A busy engine does not delay it.
     *
     * @param <T> the type the caller expects
     * @param name the name
     * @return the value
     * @throws NoSuchNameException if the engine has no such name
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    <T extends @Nullable Object> T pull(String name) throws InterruptedException;

    /**
     * As {@link #pull(String)}, without waiting.
     *
     * @param <T> the type the caller expects
     * @param name the name
     * @return the value to come
     */
    <T extends @Nullable Object> AsyncResult<T> pullAsync(String name);

    /**
     * Lists the names on the engine.
     *
     * @return its names in order
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    List<NamedValue> names() throws InterruptedException;

    /**
     * Removes names on the engine. A name that is not there is no error.
     *
     * @param names the names
     * @throws EngineLostException if the engine was lost meanwhile
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    void remove(String... names) throws InterruptedException;

    /**
     * Removes all names on the engine.
     *
     * @throws EngineLostException if the engine was lost meanwhile
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    void clear() throws InterruptedException;
}
