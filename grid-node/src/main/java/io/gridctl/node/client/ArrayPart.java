package io.gridctl.node.client;

import io.gridctl.GridException;
import io.gridctl.node.payload.ArraySource;
import io.gridctl.node.payload.ValueSink;
import io.gridctl.node.task.FrameCall.TaskCall;
import io.gridctl.node.task.LargeValues;
import io.gridctl.node.task.Outcome;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/**
 * Neighbouring elements of an array as a task. Its bytes are made when it is sent, and its values go to their places when
 * they arrive: there are never more bytes than are under way.
 */
final class ArrayPart extends PendingTask {
    /** Without a byte, as its values are where they belong. */
    private static final Outcome.Value PLACED = new Outcome.Value(new byte[0]);

    private final ArrayResult<?> whole;
    private final ArraySource elements;

    ArrayPart(ArrayResult<?> call, int index, long id, ArraySource elements) {
        super(call, index, id, new byte[0]);
        whole = call;
        this.elements = elements;
    }

    @Override
    public LargeValues.Source argument() {
        return elements;
    }

    @Override
    TaskCall toWholeCall() {
        byte[] bytes = new byte[(int) elements.length()];
        elements.fill(0, ByteBuffer.wrap(bytes));
        return new TaskCall(id(), bytes);
    }

    @Override
    public List<Parcel> arrived(Outcome outcome) {
        if (!(outcome.end() instanceof Outcome.Value values) || values.bytes().length == 0 || isEnded()) {
            return super.arrived(outcome);
        }
        try {
            return super.arrived(
                    placed(outcome, values.bytes().length, sink -> sink.take(ByteBuffer.wrap(values.bytes()))));
        } catch (GridException misfit) {
            failed(misfit);
            return List.of();
        }
    }

    @Override
    public Outcome brought(Passage passage, Outcome told) {
        return told.end() instanceof Outcome.InPlace elsewhere && !isEnded()
                ? placed(told, elsewhere.left().length(), sink -> passage.take(elsewhere, sink::take))
                : passage.whole(told);
    }

    /** Takes the values to their places; what there is to say of them besides is left. */
    private Outcome placed(Outcome outcome, int length, Consumer<ValueSink> values) {
        try {
            whole.place(index(), length, values);
        } catch (IllegalStateException misfit) {
            throw new GridException("engine " + engineId() + " answered with what does not fit", misfit);
        }
        return new Outcome(outcome.task(), PLACED, outcome.startedMillis(), outcome.ranNanos(), outcome.output());
    }
}
