package io.gridctl;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The result of a call that goes on: a {@link Future} that also knows how far it is, what its tasks printed and how
 * long they took. All methods may be called from any thread, and again after the end.
 *
 * @param <T> the type of the value
 */
public interface AsyncResult<T extends @Nullable Object> extends Future<T> {
    /**
     * Waits for the value.
     *
     * <p>The same as {@link #get()}, with the grid's own unchecked exceptions rather than an
     * {@link ExecutionException} around them.
     *
     * @return the value
     * @throws GridException if the call failed: {@link TaskFailedException}, {@link EngineLostException},
     *     {@link CompositeException} where the call has several parts, and others
     * @throws CancellationException if it was cancelled
     * @throws InterruptedException if this thread is interrupted while it waits; the call goes on
     */
    T await() throws InterruptedException;

    /**
     * Waits for the value, but not longer than a while.
     *
     * @param timeout how long to wait
     * @return the value
     * @throws GridTimeoutException if it is not there in time; the call goes on
     * @throws GridException if the call failed, as in {@link #await()}
     * @throws CancellationException if it was cancelled
     * @throws InterruptedException if this thread is interrupted while it waits; the call goes on
     */
    T await(Duration timeout) throws InterruptedException;

    /**
     * Waits for the value and shows meanwhile on standard error how far the call is: a progress bar on a terminal,
     * a line now and then elsewhere.
     *
     * @return the value
     * @throws GridException if the call failed, as in {@link #await()}
     * @throws CancellationException if it was cancelled
     * @throws InterruptedException if this thread is interrupted while it waits; the call goes on
     */
    T awaitInteractive() throws InterruptedException;

    /**
     * The value as a stage. It completes on a thread of the grid's own; completing or cancelling the returned future
     * does not reach the grid.
     *
     * @return a new future for each call, which fails with the {@link GridException} itself
     */
    CompletableFuture<T> toCompletableFuture();

    /**
     * Cancels what has not ended: a waiting task is dropped, a running one is interrupted if {@code interrupt} says so.
     * The result is cancelled at once, whether or not the engine's code takes notice of the interrupt. If it does not,
     * loops in texts and in classes that have travelled end a moment later with a {@link
     * java.util.concurrent.CancellationException}; with {@link Grid#local} only those in texts do.
     *
     * @param interrupt whether to interrupt the threads of running tasks
     * @return false if the call had ended already
     */
    @Override
    boolean cancel(boolean interrupt);

    /**
     * Cancels as {@code cancel(true)}. If a running task takes no notice of the interrupt within a second, its engine
     * is replaced by a new one, which has its names. Other tasks that run on it run again if a load-balanced view sent
     * them there, and else fail with {@link EngineLostException}. An engine that is part of a program's own process
     * ({@link Grid#local}) cannot be replaced and stays as it is.
     *
     * @return false if the call had ended already
     */
    boolean cancelByForce();

    /**
     * Whether at least one task has been sent to an engine and the call has not ended.
     *
     * @return true while it runs
     */
    boolean isRunning();

    /**
     * How far the call has come.
     *
     * @return tasks done, and how many there are
     */
    Progress progress();

    /**
     * The time from submission until now, or until the last outcome if the call has ended.
     *
     * @return this program's clock
     */
    Duration elapsed();

    /**
     * The time that the tasks' code ran, summed over all that have ended: what one engine alone would have needed.
     *
     * @return a sum that grows until the call ends
     */
    Duration serialTime();

    /**
     * The time that the call took from submission to the last outcome; so far, if it has not ended.
     *
     * @return this program's clock
     */
    Duration wallTime();

    /**
     * Serial time over wall time: how much was won by running in parallel.
     *
     * @return a ratio, 0 before the first task has ended
     */
    default double speedUp() {
        long wall = wallTime().toNanos();
        return wall == 0 ? 0 : (double) serialTime().toNanos() / wall;
    }

    /**
     * What is known of each task of this call, in the order of the call's parts.
     *
     * @return a snapshot
     */
    List<Task> tasks();

    /**
     * What all tasks have printed so far, each line after {@code [stdout:ENGINE] }, in the order of the call's parts.
     *
     * @return text, empty if nothing was printed
     */
    String stdout();

    /**
     * What all tasks have printed as errors so far, each line after {@code [stderr:ENGINE] }.
     *
     * @return text, empty if nothing was printed
     */
    String stderr();

    /**
     * Has output handed over as it is printed, beginning with what has been printed already. Calls come one at a time
     * on a thread of the grid's own.
     *
     * @param listener takes the pieces
     * @return this result
     */
    AsyncResult<T> onOutput(Consumer<TaskOutput> listener);

    /**
     * What each task has published last with {@link Namespace#publish}, in the order of the call's parts. It is there
     * while the task runs and stays after its end, however that was.
     *
     * @return a snapshot, with one entry for each task, empty where it has published nothing
     * @throws GridException if a value cannot be read here
     */
    List<Optional<Object>> published();

    /**
     * Has what tasks publish handed over as it arrives, beginning with the last values so far. Calls come one at a time
     * on a thread of the grid's own.
     *
     * @param listener takes the values
     * @return this result
     */
    AsyncResult<T> onPublished(Consumer<PublishedValue> listener);
}
