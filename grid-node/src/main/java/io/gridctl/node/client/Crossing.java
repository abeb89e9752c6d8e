package io.gridctl.node.client;

import io.gridctl.GridException;
import io.gridctl.node.share.Exchange;
import io.gridctl.node.task.FrameCall.Place;
import io.gridctl.node.task.LargeValues;
import io.gridctl.node.task.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the data of one call to engines that share this host's memory. A job sets out at once with a frame for each
 * engine, which tells where the arguments of all its tasks will be; they are written meanwhile, in turns, and each task
 * waits for its own. Values come back the same way. What cannot go there, as the memory is full, goes in frames.
 */
final class Crossing implements FrameOwner {
    private static final Logger log = LoggerFactory.getLogger(Crossing.class);

    /**
     * From so many bytes on a call begins as a job: its fixed cost is lost in theirs by then, and below that it would be
     * most of what the call takes.
     */
    static final long LEAST_BYTES = 8L << 20;

    private final ClientCore core;
    private final Function<EngineLink, GridException> lost;
    private final Exchange exchange;
    private final Map<Traveller, EngineLink> travellers;

    /** A parcel whose argument need not be in its frame. */
    interface Traveller extends Parcel {
        /** Makes the bytes of its argument. */
        LargeValues.Source argument();

        /** How many bytes its value may have, to be left where an argument of so many bytes was. */
        int room(int length);

        /** From now on its frame tells only where the argument is; all of it if this is null. */
        void by(@Nullable Passage passage);

        @Nullable
        Passage passage();

        /** An outcome with what was left where the argument was. */
        default Outcome brought(Passage passage, Outcome told) {
            return passage.whole(told);
        }

        /** The engine said how it ended, and what came of it is there. */
        List<Parcel> arrived(Outcome outcome);

        @Override
        default List<Parcel> outcome(Outcome told) {
            Passage passage = passage();
            if (passage == null) {
                return arrived(told);
            }
            if (told.end() instanceof Outcome.Lacking) {
                by(null);
                handedBack();
                return List.of(this);
            }
            Outcome brought;
            try {
                brought = brought(passage, told);
            } catch (GridException unreadable) {
                failed(unreadable);
                return List.of();
            }
            return arrived(brought);
        }
    }

    private Crossing(
            ClientCore core,
            Function<EngineLink, GridException> lost,
            Exchange exchange,
            Map<Traveller, EngineLink> travellers) {
        this.core = core;
        this.lost = lost;
        this.exchange = exchange;
        this.travellers = travellers;
    }

    /**
     * Sends the parcels of a call.
     *
     * @param lost makes the failure of parcels whose engine is gone
     * @param travellers each with its engine, those of an engine in the order in which they run
     * @param bytes how many bytes their arguments and values take together, roughly
     * @return false, and nothing is sent, if an engine is elsewhere or there is no room
     */
    static boolean send(
            ClientCore core,
            Function<EngineLink, GridException> lost,
            CallResult<?> call,
            Map<? extends Traveller, EngineLink> travellers,
            long bytes) {
        UUID id = UUID.randomUUID();
        Exchange exchange = core.exchange(id, travellers.size(), bytes).orElse(null);
        if (exchange == null) {
            return false;
        }
        Crossing crossing = new Crossing(core, lost, exchange, inTurns(travellers));
        call.whenEnded(crossing::close);
        crossing.setOut(id);
        return true;
    }

    /** The first of each engine, then the second. */
    private static Map<Traveller, EngineLink> inTurns(Map<? extends Traveller, EngineLink> travellers) {
        Map<EngineLink, List<Traveller>> byEngine = new LinkedHashMap<>();
        travellers.forEach((each, link) ->
                byEngine.computeIfAbsent(link, any -> new ArrayList<>()).add(each));
        Map<Traveller, EngineLink> ordered = new LinkedHashMap<>();
        for (int turn = 0; ordered.size() < travellers.size(); turn++) {
            for (Map.Entry<EngineLink, List<Traveller>> each : byEngine.entrySet()) {
                if (turn < each.getValue().size()) {
                    ordered.put(each.getValue().get(turn), each.getKey());
                }
            }
        }
        return ordered;
    }

    private void setOut(UUID id) {
        Map<EngineLink, List<Parcel>> frames = new LinkedHashMap<>();
        int index = 0;
        for (Map.Entry<Traveller, EngineLink> each : travellers.entrySet()) {
            each.getKey().by(new Passage(exchange, new Place(id, index++)));
            frames.computeIfAbsent(each.getValue(), any -> new ArrayList<>()).add(each.getKey());
        }
        JobCourier courier = new JobCourier(core);
        frames.forEach((link, parcels) -> link.send(parcels, this, false, courier));
        courier.go();
        core.workers().execute(this::write);
    }

    private void write() {
        int index = 0;
        try {
            for (Traveller each : travellers.keySet()) {
                if (!each.isEnded() && !isWritten(each, index)) {
                    exchange.refuse(index);
                }
                index++;
            }
        } catch (RuntimeException | Error trouble) {
            log.debug("the rest of the arguments goes in frames", trouble);
            for (; index < travellers.size(); index++) {
                exchange.refuse(index);
            }
        }
    }

    private boolean isWritten(Traveller each, int index) {
        LargeValues.Source argument = each.argument();
        long length = argument.length();
        return length <= Integer.MAX_VALUE
                && exchange.put(index, (int) length, each.room((int) length), argument::fill);
    }

    private void close() {
        exchange.delete();
        exchange.close();
    }

    @Override
    public void answered(EngineLink link, List<Ended> ended, List<Parcel> handedBack, List<Parcel> late) {
        // The parcels know their end; an engine hands nothing of a direct frame back.
    }

    /** Their arguments were not where they were said to be. */
    @Override
    public void again(List<Parcel> lacking) {
        core.workers().execute(() -> lacking.forEach(this::sendWhole));
    }

    /** Nobody else would say that it does not come. */
    private void sendWhole(Parcel each) {
        try {
            Objects.requireNonNull(travellers.get((Traveller) each)).send(List.of(each), this, false);
        } catch (RuntimeException | OutOfMemoryError trouble) {
            each.failed(new GridException("the argument could not be sent to its engine: " + trouble, trouble));
        }
    }

    @Override
    public void lost(EngineLink link, List<Parcel> unanswered) {
        GridException failure = lost.apply(link);
        unanswered.forEach(each -> each.failed(failure));
    }

    @Override
    public void lends(EngineLink link, Parcel task, boolean lent) {
        // Its engine knows what may run there.
    }

    @Override
    public void split(EngineLink link, Parcel whole, List<Parcel> parts) {
        throw new IllegalStateException("an engine hands nothing of a direct call back");
    }
}
