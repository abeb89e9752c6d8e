package io.gridctl.node.client;

import io.gridctl.AsyncResult;
import io.gridctl.GridException;
import io.gridctl.GridTimeoutException;
import io.gridctl.Progress;
import io.gridctl.PublishedValue;
import io.gridctl.TaskOutput;
import io.gridctl.node.task.CancelCall;
import io.gridctl.node.task.CurrentSlot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call, to its end. Outcomes come in on Hazelcast's threads, which only note them down; the value is made by the thread
 * that asks for it, and listeners are served by the grid's own threads. Its lock guards what becomes of its parts.
 */
abstract class CallResult<T extends @Nullable Object> implements AsyncResult<T> {
    private final CallContext context;
    private final Instant submittedAt = Instant.now();
    private final long submittedNanos = System.nanoTime();
    private final CompletableFuture<@Nullable Void> ended = new LendingFuture<>();
    private final Listeners<TaskOutput> outputListeners = new Listeners<>();
    private final Listeners<Publication> publishedListeners = new Listeners<>();
    private long lastEndNanos;
    private List<Runnable> onArrival = List.of();
    private boolean cancelled;
    private @Nullable CallSpec spec;

    CallResult(CallContext context) {
        this.context = context;
    }

    final void setSpec(CallSpec shared) {
        spec = shared;
    }

    final CallSpec spec() {
        return Objects.requireNonNull(spec, "a call without a function is not sent in frames");
    }

    final CallContext context() {
        return context;
    }

    /** Once all parts have ended: the value, or the failure. */
    abstract T valueOrFailure();

    /** Ends what has not ended; gives what was dropped, null if nothing was. */
    abstract @Nullable List<Parcel> drop();

    /** Ends what has not ended with a failure. */
    abstract void failOpen(GridException reason);

    /** Ends what waits for an engine with a failure. */
    abstract void failWaiting(GridException reason);

    /** Tells what was printed so far. */
    abstract void tellSoFar(Listeners.Listener<TaskOutput> listener);

    /** The last published value of each task that has published any, by the task's place in the call. */
    abstract SortedMap<Integer, Publication> publications();

    final String idPrefix() {
        return context.idPrefix();
    }

    final Instant submittedAt() {
        return submittedAt;
    }

    final CodecAccess codec() {
        return context.codec();
    }

    final @Nullable Object decode(byte[] bytes) {
        return context.codec().decode(bytes);
    }

    /** All parts have ended. Not under the lock. */
    final void complete() {
        synchronized (this) {
            lastEndNanos = System.nanoTime();
        }
        ended.complete(null);
    }

    /** Under one lock with {@link #onOutput}, so that a listener gets every piece once and in order. */
    final void tell(TaskOutput piece) {
        outputListeners.tell(piece);
    }

    /** Likewise. */
    final void tell(Publication published) {
        publishedListeners.tell(published);
    }

    final boolean hasListeners() {
        return !outputListeners.isEmpty();
    }

    /** Some parts have ended. Not under the lock. */
    final void arrived() {
        List<Runnable> told;
        synchronized (this) {
            told = onArrival;
        }
        told.forEach(Runnable::run);
    }

    /** Futures that complete as parts arrive, those that have arrived before included. */
    final <R extends @Nullable Object> List<CompletableFuture<R>> follow(PartFutures<R> parts) {
        synchronized (this) {
            List<Runnable> more = new ArrayList<>(onArrival);
            more.add(parts::arrived);
            onArrival = more;
        }
        parts.arrived();
        return parts.futures();
    }

    /** Runs something at the end, on the thread that brings it. */
    @SuppressWarnings("FutureReturnValueIgnored") // The end is never a failure; the value may be.
    final void whenEnded(Runnable action) {
        ended.whenComplete((nothing, never) -> action.run());
    }

    @Override
    public final T await() throws InterruptedException {
        awaitAll();
        return valueOrFailure();
    }

    final void awaitAll() throws InterruptedException {
        try {
            ended.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Waits for something that becomes true under the lock, and is told then; a task lends its slot meanwhile. */
    final void awaitUntil(BooleanSupplier condition) throws InterruptedException {
        synchronized (this) {
            if (condition.getAsBoolean()) {
                return;
            }
        }
        CurrentSlot.Loan loan = CurrentSlot.lend();
        try {
            synchronized (this) {
                while (!condition.getAsBoolean()) {
                    wait();
                }
            }
        } finally {
            loan.end();
        }
    }

    @Override
    public final T await(Duration timeout) throws InterruptedException {
        try {
            ended.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            Progress now = progress();
            throw new GridTimeoutException(
                    now.done() + " of " + now.total() + " done after " + timeout.toMillis() + " ms; the call goes on",
                    late);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
        return valueOrFailure();
    }

    @Override
    public final T awaitInteractive() throws InterruptedException {
        ProgressDisplay.showUntilEnd(this, ended);
        return await();
    }

    @Override
    public final T get() throws InterruptedException, ExecutionException {
        awaitAll();
        try {
            return valueOrFailure();
        } catch (GridException failure) {
            throw new ExecutionException(failure);
        }
    }

    @Override
    public final T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        ended.get(timeout, unit);
        return get();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // The end is never a failure; the value may be.
    public final CompletableFuture<T> toCompletableFuture() {
        CompletableFuture<T> future = new LendingFuture<>();
        ended.whenComplete((nothing, never) -> {
            try {
                context.threads().execute(() -> complete(future));
            } catch (RejectedExecutionException closed) {
                // The grid has no threads any more, and the call has ended.
                complete(future);
            }
        });
        return future;
    }

    @SuppressWarnings("CatchingUnchecked")
    private void complete(CompletableFuture<T> future) {
        try {
            future.complete(valueOrFailure());
        } catch (RuntimeException | Error failure) {
            future.completeExceptionally(failure);
        }
    }

    @Override
    public final boolean cancel(boolean interrupt) {
        return cancel(interrupt ? CancelCall.Manner.INTERRUPT : CancelCall.Manner.DROP);
    }

    @Override
    public final boolean cancelByForce() {
        return cancel(CancelCall.Manner.FORCE);
    }

    private boolean cancel(CancelCall.Manner manner) {
        // First their end, then the word to dispatcher and engines: the former sends nothing that has ended.
        List<Parcel> dropped;
        synchronized (this) {
            boolean before = cancelled;
            cancelled = true;
            dropped = drop();
            if (dropped == null) {
                cancelled = before;
                return false;
            }
        }
        context.cancel(dropped, manner);
        return true;
    }

    /** Drops what has not ended, which nobody asked for: the call will have failed. Not under the lock. */
    final void dropRest() {
        List<Parcel> dropped;
        synchronized (this) {
            dropped = drop();
        }
        if (dropped != null) {
            context.cancel(dropped, CancelCall.Manner.INTERRUPT);
        }
    }

    @Override
    public final synchronized boolean isCancelled() {
        return cancelled;
    }

    @Override
    public final boolean isDone() {
        return ended.isDone();
    }

    @Override
    public final synchronized Duration elapsed() {
        return Duration.ofNanos((lastEndNanos == 0 ? System.nanoTime() : lastEndNanos) - submittedNanos);
    }

    @Override
    public final Duration wallTime() {
        return elapsed();
    }

    @Override
    public final synchronized AsyncResult<T> onOutput(Consumer<TaskOutput> consumer) {
        tellSoFar(outputListeners.add(consumer, context.threads()));
        return this;
    }

    @Override
    public final List<Optional<Object>> published() {
        SortedMap<Integer, Publication> last;
        List<Optional<Object>> values;
        synchronized (this) {
            last = publications();
            values = new ArrayList<>(Collections.nCopies(progress().total(), Optional.empty()));
        }
        last.forEach((index, published) ->
                values.set(index, Optional.of(published.read(codec()).value())));
        return Collections.unmodifiableList(values);
    }

    @Override
    public final synchronized AsyncResult<T> onPublished(Consumer<PublishedValue> consumer) {
        Objects.requireNonNull(consumer, "listener");
        Listeners.Listener<Publication> listener =
                publishedListeners.add(published -> consumer.accept(published.read(codec())), context.threads());
        publications().values().forEach(listener::tell);
        return this;
    }

    @Override
    public final String toString() {
        Progress now = progress();
        return now.done() + " of " + now.total() + " done after " + elapsed().toMillis() + " ms"
                + (isCancelled() ? ", cancelled" : "");
    }
}
