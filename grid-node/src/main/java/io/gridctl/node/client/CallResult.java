package io.gridctl.node.client;

import io.gridctl.AsyncResult;
import io.gridctl.CompositeException;
import io.gridctl.GridException;
import io.gridctl.GridTimeoutException;
import io.gridctl.Progress;
import io.gridctl.Task;
import io.gridctl.TaskOutput;
import io.gridctl.TaskState;
import io.gridctl.node.task.Outcome.PrintedText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call and its parts. Outcomes come in on Hazelcast's threads, which only note them down; the value is made by the
 * thread that asks for it, and listeners are served by the grid's own threads.
 */
abstract class CallResult<T extends @Nullable Object> implements AsyncResult<T> {
    private final CallContext context;
    private final Instant submittedAt = Instant.now();
    private final long submittedNanos = System.nanoTime();
    private final List<Integer> arrivals = new ArrayList<>();
    private final List<Consumer<TaskOutput>> outputListeners = new ArrayList<>();
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private List<PendingTask> tasks = List.of();
    private long lastEndNanos;
    private int done;
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

    /** Sets the parts, before the first of them is sent. */
    final void begin(List<PendingTask> parts) {
        tasks = parts;
        if (parts.isEmpty()) {
            lastEndNanos = System.nanoTime();
            ended.complete(null);
        }
    }

    final List<PendingTask> parts() {
        return tasks;
    }

    /** The value, once all parts have ended well. */
    abstract T assemble();

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

    final void oneEnded(PendingTask task) {
        boolean last;
        synchronized (this) {
            arrivals.add(task.index());
            done++;
            last = done == tasks.size();
            if (last) {
                lastEndNanos = System.nanoTime();
            }
            notifyAll();
        }
        if (last) {
            ended.complete(null);
        }
    }

    /** Under one lock with {@link #onOutput}, so that a listener gets every piece once and in order. */
    final synchronized void printed(PendingTask task, PrintedText text) {
        task.keep(text);
        outputListeners.forEach(listener -> tell(listener, task, text.stdout(), text.stderr()));
    }

    private void tell(Consumer<TaskOutput> listener, PendingTask task, String stdout, String stderr) {
        if (!stdout.isEmpty()) {
            context.listeners().execute(() -> listener.accept(task.piece(false, stdout)));
        }
        if (!stderr.isEmpty()) {
            context.listeners().execute(() -> listener.accept(task.piece(true, stderr)));
        }
    }

    /** Runs something at the end, on the thread that brings it. */
    @SuppressWarnings("FutureReturnValueIgnored") // The end is never a failure; the value may be.
    final void whenEnded(Runnable action) {
        ended.whenComplete((nothing, never) -> action.run());
    }

    /** Waits until part number so many has arrived, and says which one it is. */
    final synchronized int awaitArrival(int number) throws InterruptedException {
        while (arrivals.size() <= number) {
            wait();
        }
        return arrivals.get(number);
    }

    final synchronized void awaitEnd(PendingTask task) throws InterruptedException {
        while (!task.isEnded()) {
            wait();
        }
    }

    private T valueOrFailure() {
        List<GridException> failures = new ArrayList<>();
        CancellationException cancellation = null;
        for (PendingTask task : tasks) {
            if (task.state() == TaskState.CANCELLED) {
                cancellation = new CancellationException("the call was cancelled");
            } else if (task.state() == TaskState.FAILED) {
                try {
                    task.result();
                } catch (GridException failure) {
                    failures.add(failure);
                }
            }
        }
        if (!failures.isEmpty()) {
            throw failure(failures);
        }
        if (cancellation != null) {
            throw cancellation;
        }
        return assemble();
    }

    /** How failed parts are thrown. */
    GridException failure(List<GridException> failures) {
        return new CompositeException(failures, tasks.size());
    }

    @Override
    public final T await() throws InterruptedException {
        awaitAll();
        return valueOrFailure();
    }

    private void awaitAll() throws InterruptedException {
        try {
            ended.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public final T await(Duration timeout) throws InterruptedException {
        try {
            ended.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
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
    public final CompletableFuture<T> toCompletableFuture() {
        return ended.thenApplyAsync(nothing -> valueOrFailure(), context.listeners());
    }

    @Override
    public final boolean cancel(boolean interrupt) {
        List<PendingTask> open = tasks.stream().filter(task -> !task.isEnded()).toList();
        if (open.isEmpty()) {
            return false;
        }
        synchronized (this) {
            cancelled = true;
        }
        context.cancel(open, interrupt);
        open.forEach(PendingTask::cancelled);
        return true;
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
    public final boolean isRunning() {
        return !isDone() && tasks.stream().anyMatch(task -> task.state() != TaskState.WAITING);
    }

    @Override
    public final synchronized Progress progress() {
        return new Progress(done, tasks.size());
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
    public final Duration serialTime() {
        return Duration.ofNanos(tasks.stream().mapToLong(PendingTask::ranNanos).sum());
    }

    @Override
    public final List<Task> tasks() {
        return tasks.stream().map(PendingTask::describe).toList();
    }

    @Override
    public final String stdout() {
        return tagged("stdout", false);
    }

    @Override
    public final String stderr() {
        return tagged("stderr", true);
    }

    private String tagged(String stream, boolean error) {
        StringBuilder text = new StringBuilder();
        for (PendingTask task : tasks) {
            EngineRef engine = task.engine();
            (error ? task.stderr() : task.stdout())
                    .lines()
                    .forEach(line -> text.append('[')
                            .append(stream)
                            .append(':')
                            .append(engine == null ? "?" : engine.id())
                            .append("] ")
                            .append(line)
                            .append('\n'));
        }
        return text.toString();
    }

    @Override
    public final synchronized AsyncResult<T> onOutput(Consumer<TaskOutput> listener) {
        outputListeners.add(listener);
        tasks.forEach(task -> tell(listener, task, task.stdout(), task.stderr()));
        return this;
    }
}
