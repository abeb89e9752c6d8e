package io.gridctl.node.client;

import io.gridctl.EngineLostException;
import io.gridctl.GridException;
import io.gridctl.Task;
import io.gridctl.TaskOutput;
import io.gridctl.TaskState;
import io.gridctl.TextReply;
import io.gridctl.node.balance.LossHistory;
import io.gridctl.node.payload.PayloadCodec;
import io.gridctl.node.task.FrameCall.TaskCall;
import io.gridctl.node.task.LargeValues;
import io.gridctl.node.task.Outcome;
import io.gridctl.node.task.Outcome.News;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One part of a call, from its submission to its end. It ends once; what comes later is dropped. */
class PendingTask implements Crossing.Traveller {
    private final PartsResult<?> call;
    private final int index;
    private final long id;
    private final byte[] argument;
    private volatile @Nullable Passage passage;

    private TaskState state = TaskState.WAITING;
    private @Nullable EngineRef engine;
    private int attempts;
    private long startedMillis;
    private long ranNanos;
    private long receivedMillis;
    private @Nullable StringBuilder stdout;
    private @Nullable StringBuilder stderr;
    private byte @Nullable [] published;
    private List<Integer> failedOn = List.of();
    private @Nullable Object end;

    /** What a part ended with, in the field {@link #end}. */
    private record Direct(@Nullable Object value) {}

    PendingTask(PartsResult<?> call, int index, long id, byte[] argument) {
        this.call = call;
        this.index = index;
        this.id = id;
        this.argument = argument;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public PartsResult<?> call() {
        return call;
    }

    @Override
    public TaskCall toCall() {
        Passage by = passage;
        return by == null ? toWholeCall() : new TaskCall(id, 0, by.place());
    }

    /** With its argument. */
    TaskCall toWholeCall() {
        return new TaskCall(id, argument);
    }

    @Override
    public LargeValues.Source argument() {
        return LargeValues.Source.of(argument);
    }

    @Override
    public int room(int length) {
        return length;
    }

    @Override
    public void by(@Nullable Passage way) {
        passage = way;
    }

    @Override
    public @Nullable Passage passage() {
        return passage;
    }

    /** About how many bytes it is until it is sent. */
    long size() {
        return argument.length;
    }

    /** Whether something in its argument is told by an expression that only an engine can read. */
    boolean hasReferences() {
        return PayloadCodec.hasReferences(argument);
    }

    int index() {
        return index;
    }

    @Override
    public synchronized boolean isEnded() {
        return state.isFinal();
    }

    synchronized TaskState state() {
        return state;
    }

    @Override
    public synchronized @Nullable EngineRef engine() {
        return engine;
    }

    synchronized long ranNanos() {
        return ranNanos;
    }

    @Override
    public synchronized boolean sentTo(EngineRef target) {
        if (state.isFinal()) {
            return false;
        }
        state = TaskState.SENT;
        engine = target;
        attempts++;
        return true;
    }

    @Override
    public synchronized void handedBack() {
        if (!state.isFinal()) {
            state = TaskState.WAITING;
            engine = null;
            attempts--;
        }
    }

    @Override
    public synchronized void waitsAgain() {
        if (!state.isFinal()) {
            state = TaskState.WAITING;
        }
    }

    @Override
    public List<Parcel> arrived(Outcome outcome) {
        printed(outcome.output());
        Outcome.End how = outcome.end();
        TaskState last = how instanceof Outcome.Value
                ? TaskState.SUCCEEDED
                : how instanceof Outcome.Cancelled ? TaskState.CANCELLED : TaskState.FAILED;
        synchronized (this) {
            if (state.isFinal()) {
                return List.of();
            }
            startedMillis = outcome.startedMillis();
            ranNanos = outcome.ranNanos();
        }
        if (last == TaskState.FAILED && isTriedAgain(how)) {
            waitsAgain();
            return List.of(this);
        }
        end(last, how);
        return List.of();
    }

    private boolean isTriedAgain(Outcome.End how) {
        Retries retries = call.context().policy().retries();
        if (retries.isNone()) {
            return false;
        }
        failedOn = failedOn.isEmpty() ? new ArrayList<>(2) : failedOn;
        failedOn.add(engineId());
        return retries.allow(failedOn.size(), () -> failure(how));
    }

    int engineId() {
        EngineRef where = engine();
        return where == null ? -1 : where.id();
    }

    @Override
    public List<Integer> failedOn() {
        return List.copyOf(failedOn);
    }

    /** It ended with a value that needs no decoding. */
    void value(@Nullable Object value) {
        end(TaskState.SUCCEEDED, new Direct(value));
    }

    @Override
    public void failed(GridException failure) {
        end(TaskState.FAILED, failure);
    }

    /** Fails if it waits for an engine. */
    void failedWaiting(GridException failure) {
        if (state() == TaskState.WAITING) {
            failed(failure);
        }
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
        synchronized (this) {
            how = end;
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
        if (how instanceof Outcome.Failed || how instanceof Outcome.TimedOut || how instanceof Outcome.Items) {
            GridException failure = failure((Outcome.End) how);
            synchronized (this) {
                end = failure;
            }
            throw failure;
        }
        throw new java.util.concurrent.CancellationException("task " + idText() + " was cancelled");
    }

    /** The value of a part that ran a text; what it printed came beside it. */
    TextReply textReply() {
        TextReply told = (TextReply) Objects.requireNonNull(result());
        return new TextReply(
                told.engineId(), told.number(), told.value(), told.typeName(), stdout(), stderr(), told.warnings());
    }

    private GridException failure(Outcome.End how) {
        if (how instanceof Outcome.Items items) {
            Outcome.ItemFailure first = items.failures().get(0);
            OptionalLong item = OptionalLong.of(call.firstItem(index) + first.offset());
            return Failures.rebuild(codec(), engineId(), item, idText(), stdout() + stderr(), first.failure());
        }
        return how instanceof Outcome.Failed failed
                ? Failures.rebuild(this, engineId(), failed.failure())
                : Failures.timedOut(engineId(), idText(), call.context().policy(), ((Outcome.TimedOut) how).quiet());
    }

    @Override
    public void printed(News text) {
        if (!text.isEmpty()) {
            call.printed(this, text);
        }
    }

    synchronized void keep(News text) {
        if (!text.stdout().isEmpty()) {
            stdout = append(stdout, text.stdout());
        }
        if (!text.stderr().isEmpty()) {
            stderr = append(stderr, text.stderr());
        }
        if (text.published() != null) {
            published = text.published();
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

    /** What it printed, as listeners are told. */
    List<TaskOutput> pieces(String out, String err) {
        return ItemOutput.pieces(engineId(), idText(), out, err);
    }

    /** What it has published last. */
    synchronized @Nullable Publication publication() {
        return published == null ? null : new Publication(engineId(), idText(), published);
    }

    String idText() {
        return call.idPrefix() + id;
    }

    CodecAccess codec() {
        return call.codec();
    }

    synchronized Task describe() {
        return TaskDescription.of(
                idText(),
                state,
                engine,
                attempts,
                call.submittedAt(),
                startedMillis,
                ranNanos,
                receivedMillis,
                stdout(),
                stderr());
    }
}
