package io.gridctl.node.client;

import io.gridctl.CompositeException;
import io.gridctl.GridException;
import io.gridctl.Progress;
import io.gridctl.Task;
import io.gridctl.TaskOutput;
import io.gridctl.TaskState;
import io.gridctl.node.task.Outcome.News;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** A call with a few parts, each a task of its own. */
abstract class PartsResult<T extends @Nullable Object> extends CallResult<T> {
    private List<PendingTask> tasks = List.of();
    private @Nullable List<Integer> arrivals;
    private int done;

    PartsResult(CallContext context) {
        super(context);
    }

    /** Sets the parts, before the first of them is sent. */
    final void begin(List<PendingTask> parts) {
        tasks = parts;
        if (parts.size() > 1) {
            arrivals = new ArrayList<>(parts.size());
        }
        if (parts.isEmpty()) {
            complete();
        }
    }

    final List<PendingTask> parts() {
        return tasks;
    }

    /** The value, once all parts have ended well. */
    abstract T assemble();

    final void oneEnded(PendingTask task) {
        boolean last;
        synchronized (this) {
            if (arrivals != null) {
                arrivals.add(task.index());
            }
            done++;
            last = done == tasks.size();
            notifyAll();
        }
        arrived();
        if (last) {
            complete();
        }
    }

    final synchronized void printed(PendingTask task, News text) {
        task.keep(text);
        if (hasListeners()) {
            task.pieces(text.stdout(), text.stderr()).forEach(this::tell);
        }
        Publication published = text.published() == null ? null : task.publication();
        if (published != null) {
            tell(published);
        }
    }

    @Override
    final void tellSoFar(Listeners.Listener<TaskOutput> listener) {
        tasks.forEach(task -> task.pieces(task.stdout(), task.stderr()).forEach(listener::tell));
    }

    @Override
    final SortedMap<Integer, Publication> publications() {
        SortedMap<Integer, Publication> last = new TreeMap<>();
        for (PendingTask task : tasks) {
            Publication published = task.publication();
            if (published != null) {
                last.put(task.index(), published);
            }
        }
        return last;
    }

    /** Waits until part number so many has arrived, and says which one it is. */
    final int awaitArrival(int number) throws InterruptedException {
        awaitUntil(() -> done > number);
        synchronized (this) {
            return arrivals == null ? 0 : arrivals.get(number);
        }
    }

    /** Which part arrived as number so many, -1 if none has yet. */
    final synchronized int arrival(int number) {
        return done <= number ? -1 : arrivals == null ? 0 : arrivals.get(number);
    }

    final void awaitEnd(PendingTask task) throws InterruptedException {
        awaitUntil(task::isEnded);
    }

    /** Waits until a part has failed, or all have ended. */
    final void awaitFailureOrEnd() throws InterruptedException {
        awaitUntil(() -> done == tasks.size() || tasks.stream().anyMatch(task -> task.state() == TaskState.FAILED));
    }

    /** Throws if a part has failed by now. */
    final void ensureNoFailure() {
        List<GridException> failures = new ArrayList<>(0);
        for (PendingTask task : tasks) {
            if (task.state() == TaskState.FAILED) {
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
    }

    @Override
    final T valueOrFailure() {
        ensureNoFailure();
        for (PendingTask task : tasks) {
            if (task.state() == TaskState.CANCELLED) {
                throw new CancellationException("the call was cancelled");
            }
        }
        return assemble();
    }

    /** The value of a part that has ended. */
    @Nullable
    Object valueOf(PendingTask task) {
        return task.result();
    }

    /** Which item of the whole a part begins with, where parts have items. */
    long firstItem(int part) {
        return 0;
    }

    /** How failed parts are thrown. */
    GridException failure(List<GridException> failures) {
        return new CompositeException(failures, tasks.size());
    }

    @Override
    final @Nullable List<Parcel> drop() {
        List<Parcel> dropped = new ArrayList<>();
        for (PendingTask task : tasks) {
            if (task.cancelled()) {
                dropped.add(task);
            }
        }
        return dropped.isEmpty() ? null : dropped;
    }

    @Override
    final void failOpen(GridException reason) {
        tasks.forEach(task -> task.failed(reason));
    }

    @Override
    final void failWaiting(GridException reason) {
        tasks.forEach(task -> task.failedWaiting(reason));
    }

    @Override
    public final boolean isRunning() {
        return !isDone() && tasks.stream().anyMatch(task -> task.state() != TaskState.WAITING);
    }

    @Override
    public Progress progress() {
        synchronized (this) {
            return new Progress(done, tasks.size());
        }
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
            Tagged.append(text, stream, task.engine(), error ? task.stderr() : task.stdout());
        }
        return text.toString();
    }
}
