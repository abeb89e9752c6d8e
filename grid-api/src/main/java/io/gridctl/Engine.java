package io.gridctl;

import io.gridctl.function.RemoteBiFunction;
import io.gridctl.function.RemoteCallable;
import io.gridctl.function.RemoteConsumer;
import io.gridctl.function.RemoteFunction;
import io.gridctl.function.RemoteRunnable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
     * Runs a function with an argument that is on the engine. The function says of which type it takes that to be, as
     * {@code (Integer a) -> a + 27} does.
     *
     * @param <A> the type of the argument
     * @param <R> the type of the value
     * @param code what to run
     * @param argument means something on the engine
     * @param none nothing; has a function that takes any argument be called with the plain method
     * @return the value
     * @throws NotShippableException if the code cannot be sent
     * @throws GridException if it failed, or there is no such argument there
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    default <A extends @Nullable Object, R extends @Nullable Object> R apply(
            RemoteFunction<? super A, R> code, Reference<? extends A> argument, Void... none)
            throws InterruptedException {
        return this.<A, R>applyAsync(code, argument).await();
    }

    /**
     * As {@link #apply(RemoteFunction, Reference, Void...)}, without waiting.
     *
     * @param <A> the type of the argument
     * @param <R> the type of the value
     * @param code what to run
     * @param argument means something on the engine
     * @param none nothing; has a function that takes any argument be called with the plain method
     * @return the value to come
     * @throws NotShippableException if the code cannot be sent
     */
    <A extends @Nullable Object, R extends @Nullable Object> AsyncResult<R> applyAsync(
            RemoteFunction<? super A, R> code, Reference<? extends A> argument, Void... none);

    /**
     * Calls a function that is on the engine, as a method that a text has declared.
     *
     * @param <R> the type the caller expects
     * @param function means a function on the engine
     * @param arguments what it is called with, at most three; may be references, too
     * @return the value
     * @throws NotShippableException if an argument cannot be sent
     * @throws GridException if it failed, or there is no such function there
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    default <R extends @Nullable Object> R apply(Reference<?> function, @Nullable Object... arguments)
            throws InterruptedException {
        return this.<R>applyAsync(function, arguments).await();
    }

    /**
     * As {@link #apply(Reference, Object...)}, without waiting.
     *
     * @param <R> the type the caller expects
     * @param function means a function on the engine
     * @param arguments what it is called with, at most three; may be references, too
     * @return the value to come
     * @throws NotShippableException if an argument cannot be sent
     */
    <R extends @Nullable Object> AsyncResult<R> applyAsync(Reference<?> function, @Nullable Object... arguments);

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
     * Runs code given as text on the engine and waits until it has run: Java as JShell takes it, with several statements,
     * imports, methods, classes and expressions. What it declares stays for later texts, of other clients too, and is
     * there again if the engine is replaced. Its variables are the names of the engine's namespace: what was pushed is a
     * variable of its own type, and what the text assigns or changes can be pulled, and read by functions, when the text
     * has run. Public classes that programs have brought can be imported; those without a package have just their names.
     * Texts run one at a time on an engine. A text that does not compile changes nothing; one that throws leaves what it
     * had changed.
     *
     * @param text the code
     * @return what came of it, with the value of the text's last expression as text
     * @throws TextException if it does not compile
     * @throws TaskFailedException if it threw; its stack has the text's own lines
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    TextReply execute(String text) throws InterruptedException;

    /**
     * As {@link #execute}, without waiting.
     *
     * @param text the code
     * @return the reply to come
     */
    AsyncResult<TextReply> executeAsync(String text);

    /**
     * Runs the code in a file as {@link #execute} does; it is called by the file's name in messages and stacks.
     *
     * @param file a text in UTF-8, which this program reads
     * @return what came of it
     * @throws IllegalArgumentException if it cannot be read
     * @throws TextException if it does not compile
     * @throws TaskFailedException if it threw; its stack has the text's own lines
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    TextReply run(Path file) throws InterruptedException;

    /**
     * As {@link #run(Path)}, without waiting.
     *
     * @param file a text in UTF-8, which this program reads before this returns
     * @return the reply to come
     * @throws IllegalArgumentException if it cannot be read
     */
    AsyncResult<TextReply> runAsync(Path file);

    /**
     * Runs code given as text as {@link #execute} does and fetches the value of its last expression.
     *
     * @param <R> the type the caller expects
     * @param text the code
     * @return its value, null if there is none
     * @throws TextException if it does not compile
     * @throws TaskFailedException if it threw; its stack has the text's own lines, or
     *     has a value that cannot be sent
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    <R extends @Nullable Object> R evaluate(String text) throws InterruptedException;

    /**
     * As {@link #evaluate}, without waiting.
     *
     * @param <R> the type the caller expects
     * @param text the code
     * @return the value to come
     */
    <R extends @Nullable Object> AsyncResult<R> evaluateAsync(String text);

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
     * Stores under a name what a reference means on the engine. It waits for the tasks before it.
     *
     * @param name the name, not blank
     * @param value means something on the engine; null is a value like any other
     * @throws GridException if it failed
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    default void push(String name, @Nullable Reference<?> value) throws InterruptedException {
        Objects.requireNonNull(name, "name");
        if (value == null) {
            push(name, (@Nullable Object) null);
            return;
        }
        apply(
                (Namespace names, @Nullable Object meant) -> {
                    names.put(name, meant);
                    return name;
                },
                value);
    }

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
