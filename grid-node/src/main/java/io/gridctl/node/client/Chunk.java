package io.gridctl.node.client;

import io.gridctl.EngineLostException;
import io.gridctl.GridException;
import io.gridctl.node.balance.LossHistory;
import io.gridctl.node.task.FrameCall.TaskCall;
import io.gridctl.node.task.LargeValues;
import io.gridctl.node.task.Outcome;
import io.gridctl.node.task.Outcome.News;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Neighbouring items of a map that travel together and run one after the other. */
final class Chunk implements Crossing.Traveller {
    private final ItemTraffic<?> call;
    private final int from;
    private final int to;
    private volatile @Nullable EngineRef engine;
    private volatile @Nullable Passage passage;

    Chunk(ItemTraffic<?> call, int from, int to, @Nullable EngineRef engine) {
        this.call = call;
        this.from = from;
        this.to = to;
        this.engine = engine;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    @Override
    public long id() {
        return call.firstId() + from;
    }

    @Override
    public int units() {
        return to - from;
    }

    @Override
    public CallResult<?> call() {
        return call;
    }

    @Override
    public TaskCall toCall() {
        Passage by = passage;
        return by == null ? call.toCall(this) : new TaskCall(id(), units(), by.place());
    }

    @Override
    public LargeValues.Source argument() {
        return LargeValues.Source.of(call.toCall(this).argument());
    }

    /** Values that are of another type than the items may be longer. */
    @Override
    public int room(int length) {
        return (int) Math.min(Integer.MAX_VALUE, 2L * length);
    }

    @Override
    public void by(@Nullable Passage way) {
        passage = way;
    }

    @Override
    public @Nullable Passage passage() {
        return passage;
    }

    @Override
    public boolean sentTo(EngineRef target) {
        engine = target;
        return call.sent(this, target);
    }

    @Override
    public @Nullable EngineRef engine() {
        return engine;
    }

    @Override
    public void handedBack() {
        engine = null;
        call.waits(this, false);
    }

    @Override
    public void waitsAgain() {
        call.waits(this, true);
    }

    @Override
    public List<Parcel> arrived(Outcome outcome) {
        return call.outcome(this, outcome);
    }

    @Override
    public List<Integer> failedOn() {
        return call.failedOn(from);
    }

    @Override
    public void failed(GridException failure) {
        call.failed(from, to, failure);
    }

    @Override
    public void lost(LossHistory history) {
        EngineRef last = engine;
        failed(new EngineLostException(
                last == null ? -1 : last.id(),
                last == null ? 0 : last.incarnation(),
                "while it ran this item alone, as engines had been before: " + history
                        + "; the item is not run again"));
    }

    @Override
    public void printed(News text) {
        call.printed(from, text);
    }

    @Override
    public boolean isEnded() {
        return call.areEnded(from, to);
    }

    @Override
    public Chunk part(int first, int end) {
        return new Chunk(call, from + first, from + end, engine);
    }
}
