package io.gridctl.node.client;

import io.gridctl.EngineLostException;
import io.gridctl.GridException;
import io.gridctl.Task;
import io.gridctl.TaskOutput;
import io.gridctl.TaskState;
import io.gridctl.node.balance.LossHistory;
import io.gridctl.node.balance.Work;
import io.gridctl.node.task.Outcome;
import io.gridctl.node.task.Outcome.PrintedText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One part of a call, from its submission to its end. It ends once; what comes later is dropped. */
final class PendingTask implements Work {
    private final CallResult<?> call;
    private final int index;
    private final long id;
    private final byte[] argument;

    private TaskState state = TaskState.WAITING;
    private @Nullable EngineRef engine;
    private int attempts;
    private long startedMillis;
    private long ranNanos;
    private long receivedMillis;
    private @Nullable StringBuilder stdout;
    private @Nullable StringBuilder stderr;
    private @Nullable Object end;

    /** What a part ended with, in the field {@link #end}. */
    private record Direct(@Nullable Object value) {}

    PendingTask(CallResult<?> call, int index, long id, byte[] argument) {
        this.call = call;
        this.index = index;
        this.id = id;
        this.argument = argument;
    }

    long id() {
        return id;
    }

    int index() {
        return index;
    }

    byte[] argument() {
        return argument;
    }

    CallResult<?> call() {
        return call;
    }

    @Override
    public synchronized boolean isEnded() {
        return state.isFinal();
    }

    synchronized TaskState state() {
        return state;
    }

    synchronized @Nullable EngineRef engine() {
        return engine;
    }

    synchronized long ranNanos() {
        return ranNanos;
    }

    synchronized void sentTo(EngineRef target) {
        if (!state.isFinal()) {
            state = TaskState.SENT;
            engine = target;
            attempts++;
        }
    }

    synchronized void handedBack() {
        if (!state.isFinal()) {
            state = TaskState.WAITING;
            attempts--;
        }
    }

    /** The engine said how it ended. */
    boolean outcome(Outcome outcome) {
        printed(outcome.output());
        TaskState how = outcome.end() instanceof Outcome.Value
                ? TaskState.SUCCEEDED
                : outcome.end() instanceof Outcome.Failed ? TaskState.FAILED : TaskState.CANCELLED;
        synchronized (this) {
            if (state.isFinal()) {
                return false;
            }
            startedMillis = outcome.startedMillis();
            ranNanos = outcome.ranNanos();
        }
        return end(how, outcome.end());
    }

    /** It ended with a value that needs no decoding. */
    void value(@Nullable Object value) {
        end(TaskState.SUCCEEDED, new Direct(value));
    }

    void failed(GridException failure) {
        end(TaskState.FAILED, failure);
    }

    boolean cancelled() {
        return end(TaskState.CANCELLED, new Outcome.Cancelled());
    }

    private boolean end(TaskState how, Object what) {
        synchronized (this) {
            if (state.isFinal()) {
                return false;
            }
            state = how;
            end = what;
            receivedMillis = System.currentTimeMillis();
        }
        call.oneEnded(this);
        return true;
    }

    @Override
    public void lost(LossHistory history) {
        EngineRef last = engine();
        failed(new EngineLostException(
                last == null ? -1 : last.id(),
                last == null ? 0 : last.incarnation(),
                "while it ran this task alone, as engines had been before: " + history
                        + "; the task is not run again"));
    }

    /**
     * The value.
     *
     * @throws GridException if it failed
     * @throws java.util.concurrent.CancellationException if it was cancelled
     */
    @Nullable
    Object result() {
        Object how;
        EngineRef where;
        synchronized (this) {
            how = end;
            where = engine;
        }
        if (how instanceof Direct direct) {
            return direct.value();
        }
        if (how instanceof GridException failure) {
            throw failure;
        }
        if (how instanceof Outcome.Value value) {
            Object decoded = call.decode(value.bytes());
            synchronized (this) {
                end = new Direct(decoded);
            }
            return decoded;
        }
        if (how instanceof Outcome.Failed failed) {
            GridException failure = Failures.rebuild(this, where == null ? -1 : where.id(), failed.failure());
            synchronized (this) {
                end = failure;
            }
            throw failure;
        }
        throw new java.util.concurrent.CancellationException("task " + idText() + " was cancelled");
    }

    void printed(PrintedText text) {
        if (!text.isEmpty()) {
            call.printed(this, text);
        }
    }

    synchronized void keep(PrintedText text) {
        if (!text.stdout().isEmpty()) {
            stdout = append(stdout, text.stdout());
        }
        if (!text.stderr().isEmpty()) {
            stderr = append(stderr, text.stderr());
        }
    }

    private static StringBuilder append(@Nullable StringBuilder builder, String text) {
        return (builder == null ? new StringBuilder() : builder).append(text);
    }

    synchronized String stdout() {
        return stdout == null ? "" : stdout.toString();
    }

    synchronized String stderr() {
        return stderr == null ? "" : stderr.toString();
    }

    TaskOutput piece(boolean error, String text) {
        EngineRef where = engine();
        return new TaskOutput(where == null ? -1 : where.id(), idText(), error, text);
    }

    String idText() {
        return call.idPrefix() + id;
    }

    CodecAccess codec() {
        return call.codec();
    }

    synchronized Task describe() {
        Optional<Instant> started =
                startedMillis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(startedMillis));
        return new Task(
                idText(),
                state,
                Optional.ofNullable(engine).map(EngineRef::id),
                attempts,
                call.submittedAt(),
                started,
                started.map(from -> from.plusNanos(ranNanos)),
                receivedMillis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(receivedMillis)),
                Duration.ofNanos(ranNanos),
                stdout(),
                stderr());
    }
}
