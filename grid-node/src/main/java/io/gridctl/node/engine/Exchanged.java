package io.gridctl.node.engine;

import io.gridctl.node.payload.ArraySource;
import io.gridctl.node.payload.ValueSink;
import io.gridctl.node.share.Exchange;
import io.gridctl.node.task.LargeValues;
import io.gridctl.node.task.Outcome;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The argument and the value of one task, where they go by the host's memory rather than in messages. For its slot. */
final class Exchanged {
    private static final byte[] ELSEWHERE = {};

    /** Fewer bytes go in the message that tells of them anyway. */
    private static final int LEAST = 4 << 10;

    private final AcceptedFrame frame;
    private final @Nullable Exchange exchange;
    private final int place;

    private Exchanged(AcceptedFrame frame, int place) {
        this.frame = frame;
        exchange = frame.exchange();
        this.place = place;
    }

    /** The argument is not where it was said to be, and never will. */
    static final class LackingException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Of a task whose argument does not come with it. */
    static Optional<Exchanged> of(EngineTask task) {
        return Optional.ofNullable(task.place()).map(place -> new Exchanged(task.frame, place.index()));
    }

    /** Blocks until the argument is there: an array of a primitive type, or the bytes of another value. */
    ValueSink.Taken argument() throws LackingException, InterruptedException {
        ValueSink argument = new ValueSink(await());
        take(argument::take);
        return argument.taken();
    }

    /** The same of what is no value by itself. */
    byte[] bytes() throws LackingException, InterruptedException {
        ByteBuffer bytes = ByteBuffer.allocate(await());
        take(bytes::put);
        return bytes.array();
    }

    private int await() throws LackingException, InterruptedException {
        frame.client().awaitRoom();
        int length = exchange == null ? -1 : exchange.await(place);
        if (length < 0) {
            throw new LackingException();
        }
        return length;
    }

    private void take(Exchange.Sink sink) throws LackingException {
        if (exchange == null || !exchange.take(place, sink)) {
            throw new LackingException();
        }
    }

    /** Leaves the value where the argument was; the end is as it was if that is not possible. */
    Outcome.End leave(Outcome.End end) {
        if (end instanceof Outcome.Value value) {
            return leave(end, new Outcome.Value(ELSEWHERE), LargeValues.Source.of(value.bytes()));
        }
        return end instanceof Outcome.Items items
                ? leave(end, Outcome.InPlace.without(items), LargeValues.Source.of(items.values()))
                : end;
    }

    /** The same for an array of a primitive type, without making its bytes; empty if it cannot be left. */
    Optional<Outcome.End> leaveArray(Object array) {
        Outcome.End end = new Outcome.Value(ELSEWHERE);
        Outcome.End left = leave(end, end, ArraySource.of(array));
        return left == end ? Optional.empty() : Optional.of(left);
    }

    private Outcome.End leave(Outcome.End otherwise, Outcome.End without, LargeValues.Source bytes) {
        long length = bytes.length();
        if (exchange == null || length < LEAST || length > Integer.MAX_VALUE) {
            return otherwise;
        }
        Exchange.Left left = exchange.answer(place, (int) length, bytes::fill);
        return left == null ? otherwise : new Outcome.InPlace(without, left);
    }
}
