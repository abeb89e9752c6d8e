package io.gridctl.node.client;

import io.gridctl.GridException;
import io.gridctl.node.payload.ArraySource;
import io.gridctl.node.task.FrameCall.TaskCall;
import io.gridctl.node.task.Outcome;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Neighbouring elements of an array as a task. Its bytes are made when it is sent, and its values go to their places when
 * they arrive: there are never more bytes than are under way.
 */
final class ArrayPart extends PendingTask {
    private static final Outcome.Value PLACED = new Outcome.Value(new byte[0]);

    private final ArrayResult<?> whole;
    private final ArraySource elements;

    ArrayPart(ArrayResult<?> call, int index, long id, ArraySource elements) {
        super(call, index, id, new byte[0]);
        whole = call;
        this.elements = elements;
    }

    @Override
    public TaskCall toCall() {
        byte[] bytes = new byte[(int) elements.length()];
        elements.fill(0, ByteBuffer.wrap(bytes));
        return new TaskCall(id(), bytes);
    }

    @Override
    public List<Parcel> outcome(Outcome outcome) {
        if (!(outcome.end() instanceof Outcome.Value values) || isEnded()) {
            return super.outcome(outcome);
        }
        try {
            whole.place(index(), values.bytes());
        } catch (IllegalStateException misfit) {
            failed(new GridException("engine " + engineId() + " answered with what does not fit", misfit));
            return List.of();
        }
        return super.outcome(
                new Outcome(outcome.task(), PLACED, outcome.startedMillis(), outcome.ranNanos(), outcome.output()));
    }
}
