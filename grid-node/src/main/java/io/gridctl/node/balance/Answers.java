package io.gridctl.node.balance;

import io.gridctl.node.balance.Flight.Frame;
import io.gridctl.node.balance.Flight.Suspect;
import io.gridctl.node.balance.Flight.Suspicion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What engines report of the works they hold, and what follows from it. Guarded by the dispatcher's lock. */
final class Answers<T extends Work> {
    private static final Logger log = LoggerFactory.getLogger(Answers.class);

    /** A suspect of many units is found guilty or not in pieces; more pieces cost fewer engines and more time. */
    private static final int PIECES = 16;

    private final Seats<T> seats;
    private final Lanes<T> lanes;
    private final Splitter<T> splitter;

    Answers(Seats<T> seats, Lanes<T> lanes, Splitter<T> splitter) {
        this.seats = seats;
        this.lanes = lanes;
        this.splitter = splitter;
    }

    boolean ended(Seat<T> seat, T work, long ranNanos) {
        Flight<T> flight = seat.flights.remove(work);
        if (flight == null) {
            return false;
        }
        seat.refused = false;
        if (ranNanos >= 0) {
            flight.job.paceToUpdate(seat).ran(ranNanos, work.units());
        }
        settle(seat, flight);
        return true;
    }

    /** The works that together are a work which the engine holds are known one by one from now on. */
    void split(Seat<T> seat, T whole, List<T> pieces) {
        Flight<T> flight = seat.flights.remove(whole);
        if (flight == null) {
            return;
        }
        for (T piece : pieces) {
            seat.flights.put(
                    piece,
                    new Flight<>(piece, flight.job, flight.frame, flight.suspicion, seats.next(), flight.sentNanos));
        }
        flight.frame.open += pieces.size() - 1;
    }

    void late(Seat<T> seat, T work) {
        Flight<T> flight = seat.flights.get(work);
        if (flight != null && !flight.late) {
            flight.late = true;
            seat.late++;
            answerOne(seat, flight);
        }
    }

    void lends(Seat<T> seat, T work, boolean lent) {
        Flight<T> flight = seat.flights.get(work);
        if (flight != null && flight.lends != lent) {
            flight.lends = lent;
            seat.lent += lent ? 1 : -1;
            if (lent) {
                seat.refused = false;
            }
        }
    }

    void handedBack(Seat<T> seat, List<T> works) {
        // From last to first, each before those already put back, so that the order stays.
        for (int i = works.size() - 1; i >= 0; i--) {
            Flight<T> flight = seat.flights.remove(works.get(i));
            if (flight == null) {
                continue;
            }
            seat.refused = true;
            flight.frame.handedBack = true;
            settle(seat, flight);
            if (flight.work.isEnded()) {
                continue;
            }
            if (flight.suspicion != null) {
                lanes.addSuspect(new Suspect<>(flight.work, flight.job, flight.suspicion), true);
                continue;
            }
            flight.job.putBack(flight.work);
            // If it has had its turn, this undoes it.
            lanes.addFirst(flight.job);
        }
    }

    /** The engine is done with a work. */
    private void settle(Seat<T> seat, Flight<T> flight) {
        if (flight.lends) {
            seat.lent--;
        }
        if (flight.late) {
            seat.late--;
        } else {
            answerOne(seat, flight);
        }
        if (seat.flights.isEmpty() || (flight.suspicion != null && !holdsSuspect(seat))) {
            seats.endSolo(seat);
        }
    }

    private static boolean holdsSuspect(Seat<?> seat) {
        return seat.flights.values().stream().anyMatch(flight -> flight.suspicion != null);
    }

    private static <T extends Work> void answerOne(Seat<T> seat, Flight<T> flight) {
        Frame frame = flight.frame;
        if (--frame.open > 0) {
            return;
        }
        seat.openFrames--;
        Pace pace = flight.job.paceToUpdate(seat);
        if (frame.handedBack) {
            pace.tooMuch(frame.units);
        } else {
            pace.proved(frame.units);
        }
    }

    /** Of a lost engine: what it had not answered is under suspicion; what was alone for the last time is given up. */
    void lost(Seat<T> seat, long now, Outbox<T> outbox) {
        List<Flight<T>> flights = new ArrayList<>(seat.flights.values());
        flights.sort(Comparator.comparingLong(flight -> flight.number));
        long running = flights.stream().filter(flight -> !flight.lends).count();
        for (Flight<T> flight : flights) {
            if (!flight.work.isEnded()) {
                boolean alone = flights.size() == 1 || (running == 1 && !flight.lends);
                suspect(seat, flight, alone, now, outbox);
            }
        }
        log.debug("engine {} left with {} works unanswered", seat.engineId(), flights.size());
    }

    private void suspect(Seat<T> seat, Flight<T> flight, boolean alone, long now, Outbox<T> outbox) {
        List<T> pieces = splitter.pieces(flight.work, PIECES);
        boolean blamed = alone && flight.work.units() == 1;
        LossHistory.Loss loss =
                new LossHistory.Loss(seat.engineId(), seat.port.incarnation(), flight.sentNanos, now, blamed);
        for (T piece : pieces) {
            Suspicion suspicion = flight.suspicion == null ? new Suspicion() : flight.suspicion.copy();
            suspicion.add(loss);
            if (suspicion.blamed() >= Dispatcher.MAX_BLAMED) {
                outbox.giveUp(piece, suspicion.history());
            } else {
                lanes.addSuspect(new Suspect<>(piece, flight.job, suspicion), false);
            }
        }
    }
}
