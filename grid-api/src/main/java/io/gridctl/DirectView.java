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
 * Engines addressed by number: what is called here happens on each of them. Which engines is settled anew when a call
 * begins. Results come as lists, in the order of the engines, even if there is only one.
 *
 * <p>Any thread may call. A call on a view that matches no engine fails with {@link NoEnginesException}.
 */
public interface DirectView extends DirectCollections {
    /**
     * The engines that a call would use now.
     *
     * @return their ids, in the view's order
     */
    List<Integer> ids();

    /**
     * Runs code on every engine and waits for its values.
     *
     * @param <R> the type of the value
     * @param code what to run
     * @return one value per engine, in the order of the engines
     * @throws NotShippableException if the code cannot be sent
     * @throws CompositeException if it failed on one engine or more; what the others gave is lost to this call
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    <R extends @Nullable Object> List<R> apply(RemoteCallable<R> code) throws InterruptedException;

    /**
     * Runs a function of the engine's namespace on every engine and waits for its values.
     *
     * @param <R> the type of the value
     * @param code what to run; its argument is the namespace of the engine that runs it
     * @return one value per engine, in the order of the engines
     * @throws NotShippableException if the code cannot be sent
     * @throws CompositeException if it failed on one engine or more; what the others gave is lost to this call
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    <R extends @Nullable Object> List<R> apply(RemoteFunction<? super Namespace, R> code) throws InterruptedException;

    /**
     * Runs a function with an argument on every engine and waits for its values.
     *
     * @param <A> the type of the argument
     * @param <R> the type of the value
     * @param code what to run
     * @param argument its argument, may be null
     * @return one value per engine, in the order of the engines
     * @throws NotShippableException if the code or the argument cannot be sent
     * @throws CompositeException if it failed on one engine or more; what the others gave is lost to this call
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    <A extends @Nullable Object, R extends @Nullable Object> List<R> apply(
            RemoteFunction<? super A, R> code, A argument) throws InterruptedException;

    /**
     * Runs a function of the engine's namespace and an argument on every engine and waits for its values.
     *
     * @param <A> the type of the argument
     * @param <R> the type of the value
     * @param code what to run
     * @param argument its second argument, may be null
     * @return one value per engine, in the order of the engines
     * @throws NotShippableException if the code or the argument cannot be sent
     * @throws CompositeException if it failed on one engine or more; what the others gave is lost to this call
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    <A extends @Nullable Object, R extends @Nullable Object> List<R> apply(
            RemoteBiFunction<? super Namespace, ? super A, R> code, A argument) throws InterruptedException;

    /**
     * Runs a function with two arguments on every engine and waits for its values.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <R> the type of the value
     * @param code what to run
     * @param first its first argument, may be null
     * @param second its second argument, may be null
     * @return one value per engine, in the order of the engines
     * @throws NotShippableException if the code or an argument cannot be sent
     * @throws CompositeException if it failed on one engine or more; what the others gave is lost to this call
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> List<R> apply(
            RemoteBiFunction<? super A, ? super B, R> code, A first, B second) throws InterruptedException;

    /**
     * As {@link #apply(RemoteCallable)}, without waiting.
     *
     * @param <R> the type of the value
     * @param code what to run
     * @return the values to come
     * @throws NotShippableException if the code cannot be sent
     */
    <R extends @Nullable Object> MapResult<R> applyAsync(RemoteCallable<R> code);

    /**
     * As {@link #apply(RemoteFunction)}, without waiting.
     *
     * @param <R> the type of the value
     * @param code what to run
     * @return the values to come
     * @throws NotShippableException if the code cannot be sent
     */
    <R extends @Nullable Object> MapResult<R> applyAsync(RemoteFunction<? super Namespace, R> code);

    /**
     * As {@link #apply(RemoteFunction, Object)}, without waiting.
     *
     * @param <A> the type of the argument
     * @param <R> the type of the value
     * @param code what to run
     * @param argument its argument, may be null
     * @return the values to come
     * @throws NotShippableException if the code or the argument cannot be sent
     */
    <A extends @Nullable Object, R extends @Nullable Object> MapResult<R> applyAsync(
            RemoteFunction<? super A, R> code, A argument);

    /**
     * As {@link #apply(RemoteBiFunction, Object)}, without waiting.
     *
     * @param <A> the type of the argument
     * @param <R> the type of the value
     * @param code what to run
     * @param argument its second argument, may be null
     * @return the values to come
     * @throws NotShippableException if the code or the argument cannot be sent
     */
    <A extends @Nullable Object, R extends @Nullable Object> MapResult<R> applyAsync(
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
     * @return the values to come
     * @throws NotShippableException if the code or an argument cannot be sent
     */
    <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> MapResult<R> applyAsync(
            RemoteBiFunction<? super A, ? super B, R> code, A first, B second);

    /**
     * Runs a function with an argument that is on the engines. The function says of which type it takes that to be, as
     * {@code (Integer a) -> a + 27} does.
     *
     * @param <A> the type of the argument
     * @param <R> the type of the value
     * @param code what to run
     * @param argument means something on each engine
     * @param none nothing; has a function that takes any argument be called with the plain method
     * @return one value per engine, in the order of the engines
     * @throws NotShippableException if the code cannot be sent
     * @throws CompositeException if it failed on one engine or more, or there is no such argument there
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    default <A extends @Nullable Object, R extends @Nullable Object> List<R> apply(
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
     * @param argument means something on each engine
     * @param none nothing; has a function that takes any argument be called with the plain method
     * @return the values to come
     * @throws NotShippableException if the code cannot be sent
     */
    <A extends @Nullable Object, R extends @Nullable Object> MapResult<R> applyAsync(
            RemoteFunction<? super A, R> code, Reference<? extends A> argument, Void... none);

    /**
     * Calls a function that is on the engines, as a method that a text has declared.
     *
     * @param <R> the type the caller expects
     * @param function means a function on each engine
     * @param arguments what it is called with, at most three; may be references, too
     * @return one value per engine, in the order of the engines
     * @throws NotShippableException if an argument cannot be sent
     * @throws CompositeException if it failed on one engine or more, or there is no such function there
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    default <R extends @Nullable Object> List<R> apply(Reference<?> function, @Nullable Object... arguments)
            throws InterruptedException {
        return this.<R>applyAsync(function, arguments).await();
    }

    /**
     * As {@link #apply(Reference, Object...)}, without waiting.
     *
     * @param <R> the type the caller expects
     * @param function means a function on each engine
     * @param arguments what it is called with, at most three; may be references, too
     * @return the values to come
     * @throws NotShippableException if an argument cannot be sent
     */
    <R extends @Nullable Object> MapResult<R> applyAsync(Reference<?> function, @Nullable Object... arguments);

    /**
     * Runs code on every engine for its effect and waits until it has run.
     *
     * @param code what to run
     * @throws NotShippableException if the code cannot be sent
     * @throws CompositeException if it failed on one engine or more; what the others gave is lost to this call
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    void run(RemoteRunnable code) throws InterruptedException;

    /**
     * Runs code that works on the engine's namespace on every engine and waits until it has run.
     *
     * @param code what to run
     * @throws NotShippableException if the code cannot be sent
     * @throws CompositeException if it failed on one engine or more; what the others gave is lost to this call
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
     * Runs code given as text on every engine and waits until it has run: Java as JShell takes it, with several statements,
     * imports, methods, classes and expressions. What it declares stays for later texts, of other clients too, and is
     * there again if the engine is replaced. Its variables are the names of the engine's namespace: what was pushed is a
     * variable of its own type, and what the text assigns or changes can be pulled, and read by functions, when the text
     * has run. Public classes that programs have brought can be imported; those without a package have just their names.
     * Texts run one at a time on an engine. A text that does not compile changes nothing; one that throws leaves what it
     * had changed.
     *
     * @param text the code
     * @return one reply per engine, in the order of the engines, with the value of the text's last expression as text
     * @throws CompositeException if it failed on one engine or more: with a {@link TextException} for each that could
     *     not compile it, and with a {@link TaskFailedException} for each on which it threw
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    List<TextReply> execute(String text) throws InterruptedException;

    /**
     * As {@link #execute}, without waiting.
     *
     * @param text the code
     * @return the replies to come
     */
    MapResult<TextReply> executeAsync(String text);

    /**
     * Runs the code in a file as {@link #execute} does; it is called by the file's name in messages and stacks.
     *
     * @param file a text in UTF-8, which this program reads
     * @return one reply per engine, in the order of the engines
     * @throws IllegalArgumentException if it cannot be read
     * @throws CompositeException if it failed on one engine or more: with a {@link TextException} for each that could
     *     not compile it, and with a {@link TaskFailedException} for each on which it threw
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    List<TextReply> run(Path file) throws InterruptedException;

    /**
     * As {@link #run(Path)}, without waiting.
     *
     * @param file a text in UTF-8, which this program reads before this returns
     * @return the replies to come
     * @throws IllegalArgumentException if it cannot be read
     */
    MapResult<TextReply> runAsync(Path file);

    /**
     * Runs code given as text as {@link #execute} does and fetches the value of its last expression.
     *
     * @param <R> the type the caller expects
     * @param text the code
     * @return one value per engine, in the order of the engines; null where there is none
     * @throws CompositeException if it failed on one engine or more: with a {@link TextException} for each that could
     *     not compile it, and with a {@link TaskFailedException} for each on which it threw, or
     *     has a value that cannot be sent
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    <R extends @Nullable Object> List<R> evaluate(String text) throws InterruptedException;

    /**
     * As {@link #evaluate}, without waiting.
     *
     * @param <R> the type the caller expects
     * @param text the code
     * @return the values to come
     */
    <R extends @Nullable Object> MapResult<R> evaluateAsync(String text);

    /**
     * Has texts know classes by their simple names, there and here: on every engine of the view from now on, and, where
     * this process takes texts too, as {@code gridctl shell} does, for those. Waits until the engines have done it. A
     * program's own source has its own imports.
     *
     * @param names classes, packages and static members: {@code java.util.List}, {@code java.util.*},
     *     {@code static java.lang.Math.*}
     * @throws IllegalArgumentException if one is nothing of that; none is imported then
     * @throws CompositeException if an engine cannot import them: with a {@link TextException} that names what is not there;
     *     that engine, and this process, import none of them
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    default void syncImports(String... names) throws InterruptedException {
        List<String> statements = LocalImports.statements(names);
        if (!statements.isEmpty()) {
            execute(String.join("\n", statements));
            LocalImports.take(statements);
        }
    }

    /**
     * Stores a value under a name on every engine. It is stored when this returns: a busy engine does not delay it, and the
     * value outlives the engine's process.
     *
     * @param name the name, not blank
     * @param value the value, may be null
     * @throws NotShippableException if the value cannot be sent
     * @throws CompositeException if an engine was lost meanwhile; on the others it is done
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    void push(String name, @Nullable Object value) throws InterruptedException;

    /**
     * Stores under a name what a reference means on each engine. A busy engine delays it.
     *
     * @param name the name, not blank
     * @param value means something on each engine; null is a value like any other
     * @throws CompositeException if it failed on one engine or more
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
     * Stores several values on every engine, as {@link #push(String, Object)} does for one.
     *
     * @param values name to value
     * @throws NotShippableException if a value cannot be sent; none is stored then
     * @throws CompositeException if an engine was lost meanwhile; on the others it is done
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
     * Fetches the values of a name. A busy engine does not delay it.
     *
     * @param <T> the type the caller expects
     * @param name the name
     * @return one value per engine, in the order of the engines
     * @throws CompositeException if an engine has no such name: a {@link NoSuchNameException} for each
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    <T extends @Nullable Object> List<T> pull(String name) throws InterruptedException;

    /**
     * As {@link #pull(String)}, without waiting.
     *
     * @param <T> the type the caller expects
     * @param name the name
     * @return the values to come
     */
    <T extends @Nullable Object> MapResult<T> pullAsync(String name);

    /**
     * Lists the names on every engine.
     *
     * @return per engine id its names in order
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    Map<Integer, List<NamedValue>> names() throws InterruptedException;

    /**
     * Removes names on every engine. A name that is not there is no error.
     *
     * @param names the names
     * @throws CompositeException if an engine was lost meanwhile; on the others it is done
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    void remove(String... names) throws InterruptedException;

    /**
     * Removes all names on every engine.
     *
     * @throws CompositeException if an engine was lost meanwhile; on the others it is done
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    void clear() throws InterruptedException;
}
