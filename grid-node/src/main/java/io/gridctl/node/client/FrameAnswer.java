package io.gridctl.node.client;

import io.gridctl.node.task.FrameReply;
import io.gridctl.node.task.Outcome;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** A frame's answer in terms of the parcels that were sent. Both are in the same order, so one walk is enough. */
final class FrameAnswer {
    private final List<Ended> ended;
    private final List<Parcel> handedBack = new ArrayList<>(0);
    private final List<Parcel> late = new ArrayList<>(0);
    private final List<Parcel> missing = new ArrayList<>(0);
    private final IdentityHashMap<Parcel, List<Parcel>> splits = new IdentityHashMap<>(0);

    FrameAnswer(List<Parcel> sent, FrameReply reply) {
        ended = new ArrayList<>(sent.size());
        int atEnded = 0;
        int atLate = 0;
        int atBack = 0;
        for (Parcel parcel : sent) {
            if (parcel.units() == 1
                    && atEnded < reply.ended().size()
                    && parcel.covers(reply.ended().get(atEnded).task())) {
                ended.add(new Ended(parcel, reply.ended().get(atEnded++)));
                continue;
            }
            List<Parcel> parts = new ArrayList<>(1);
            int known = 0;
            if (atEnded < reply.ended().size()
                    && parcel.covers(reply.ended().get(atEnded).task())) {
                Outcome outcome = reply.ended().get(atEnded++);
                known = outcome.end() instanceof Outcome.Items items ? items.count() : parcel.units();
                Parcel part = part(parcel, 0, known);
                parts.add(part);
                ended.add(new Ended(part, outcome));
            }
            if (atLate < reply.late().length && parcel.covers(reply.late()[atLate])) {
                int at = (int) (reply.late()[atLate++] - parcel.id());
                // What goes on is followed by what was handed back, if anything was.
                boolean back = atBack < reply.handedBack().length && parcel.covers(reply.handedBack()[atBack]);
                known = back ? (int) (reply.handedBack()[atBack] - parcel.id()) : parcel.units();
                Parcel part = part(parcel, at, known);
                parts.add(part);
                late.add(part);
            }
            if (atBack < reply.handedBack().length && parcel.covers(reply.handedBack()[atBack])) {
                int at = (int) (reply.handedBack()[atBack++] - parcel.id());
                known = parcel.units();
                Parcel part = part(parcel, at, known);
                parts.add(part);
                handedBack.add(part);
            }
            if (known < parcel.units()) {
                Parcel part = part(parcel, known, parcel.units());
                parts.add(part);
                missing.add(part);
            }
            if (parts.size() > 1) {
                splits.put(parcel, parts);
            }
        }
    }

    private static Parcel part(Parcel parcel, int from, int to) {
        return from == 0 && to == parcel.units() ? parcel : parcel.part(from, to);
    }

    List<Ended> ended() {
        return ended;
    }

    List<Parcel> handedBack() {
        return handedBack;
    }

    List<Parcel> late() {
        return late;
    }

    /** What the engine says nothing of, so that nothing would ever come: a fault. */
    List<Parcel> missing() {
        return missing;
    }

    /** Parcels that came back in parts. */
    IdentityHashMap<Parcel, List<Parcel>> splits() {
        return splits;
    }
}
