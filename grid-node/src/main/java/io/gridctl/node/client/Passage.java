package io.gridctl.node.client;

import io.gridctl.GridException;
import io.gridctl.node.share.Exchange;
import io.gridctl.node.task.FrameCall.Place;
import io.gridctl.node.task.Outcome;
import java.nio.ByteBuffer;

/** The place in the host's memory by which an argument goes to its engine and the value comes back. */
record Passage(Exchange exchange, Place place) {
    /** An outcome with the bytes that were left here. */
    Outcome whole(Outcome outcome) {
        if (!(outcome.end() instanceof Outcome.InPlace elsewhere)) {
            return outcome;
        }
        ByteBuffer bytes = ByteBuffer.allocate(elsewhere.left().length());
        take(elsewhere, bytes::put);
        return new Outcome(
                outcome.task(),
                elsewhere.with(bytes.array()),
                outcome.startedMillis(),
                outcome.ranNanos(),
                outcome.output());
    }

    /** Gives the bytes that were left here to somebody who wants no others. */
    void take(Outcome.InPlace elsewhere, Exchange.Sink sink) {
        if (!exchange.take(place.index(), elsewhere.left(), sink)) {
            throw new GridException("what the engine left in this host's memory cannot be read there");
        }
    }
}
