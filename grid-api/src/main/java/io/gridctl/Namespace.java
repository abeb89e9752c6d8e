package io.gridctl;

import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The named values of one engine, as a task on that engine sees them. They outlive the task and the engine's process:
 * an engine that is started again under the same id has them again.
 *
 * <p>What a task writes is seen by itself at once, and by everybody else together, just before the task's outcome is
 * known; a task that fails or is cancelled publishes nothing. A task that has read a name keeps what it read, even if
 * somebody pushes another value meanwhile. Changing the inside of a value that was read changes it for later tasks on
 * this engine only by {@link #put} or {@link #update}.
 *
 * <p>An instance belongs to its task: use it while the task runs, from the task's threads.
 */
public interface Namespace {
    /**
     * The namespace of the engine that runs this thread's task.
     *
     * @return the current namespace
     * @throws IllegalStateException if the thread runs no task
     */
    static Namespace current() {
        return CurrentNamespace.get();
    }

    /**
     * Reads a value.
     *
     * @param <T> the type the caller expects
     * @param name the name
     * @return the value, null if null was stored under the name
     * @throws NoSuchNameException if there is no such name
     */
    <T extends @Nullable Object> T get(String name);

    /**
     * Reads a value or takes a default.
     *
     * @param <T> the type the caller expects
     * @param name the name
     * @param otherwise what to return if there is no such name
     * @return the value or the default
     */
    <T extends @Nullable Object> T getOrDefault(String name, T otherwise);

    /**
     * Writes a value. It is stored as it is when the task ends; a task with a value that cannot be stored fails then,
     * with a {@link NotShippableException}.
     *
     * @param name the name, not blank
     * @param value the value, may be null
     * @throws IllegalArgumentException if the name is blank
     */
    void put(String name, @Nullable Object value);

    /**
     * Reads, changes and writes a value.
     *
     * @param <T> the type of the value
     * @param name the name
     * @param change gives the new value from the old one
     * @return the new value
     * @throws NoSuchNameException if there is no such name
     */
    <T extends @Nullable Object> T update(String name, UnaryOperator<T> change);

    /**
     * Removes a name.
     *
     * @param name the name
     * @return whether it was there
     */
    boolean remove(String name);

    /**
     * Whether a name is there.
     *
     * @param name the name
     * @return true if {@link #get} would find it
     */
    boolean contains(String name);

    /**
     * All names.
     *
     * @return a sorted copy
     */
    Set<String> names();

    /**
     * The engine this is the namespace of.
     *
     * @return its id
     */
    int engineId();

    /**
     * Says that the running task has come a step further. A task whose caller has set a limit for time without progress
     * calls this now and then; otherwise it has no effect and costs next to nothing.
     */
    void progressed();

    /**
     * Lets the task's caller see a value before the task ends, such as how far a search has come. The caller has the
     * last value, in {@link AsyncResult#published} and {@link AsyncResult#onPublished}; of values that follow one another
     * quickly it may miss all but the last. It is sent as it is now, whatever becomes of the task. Does not wait.
     *
     * @param value the value, of 1 MB at most
     * @throws NotShippableException if it cannot be sent
     * @throws IllegalArgumentException if it is too large
     * @throws IllegalStateException if the task has ended
     */
    void publish(Object value);
}
