package io.gridctl.node.balance;

import io.gridctl.EngineChoice;
import io.gridctl.node.balance.Flight.Frame;
import io.gridctl.node.balance.Flight.Suspect;
import io.gridctl.node.balance.Flight.Suspicion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Finds engines for what waits: suspects first, then a frame of each job in turn. Guarded by the dispatcher's lock. */
final class Matcher<T extends Work> {
    private final LongSupplier clock;
    private final Seats<T> seats;
    private final Lanes<T> lanes;
    private final Reservation<T> reservation;
    private final Splitter<T> splitter;

    Matcher(LongSupplier clock, Seats<T> seats, Lanes<T> lanes, Reservation<T> reservation, Splitter<T> splitter) {
        this.splitter = splitter;
        this.clock = clock;
        this.seats = seats;
        this.lanes = lanes;
        this.reservation = reservation;
    }

    /** Sends whatever can be sent, so that no engine idles while there is work for it. */
    void match(Outbox<T> outbox) {
        boolean progress = !seats.taking().isEmpty();
        while (progress) {
            progress = placeSuspect(outbox) || placeFrame(outbox);
        }
        lanes.dropEmpty();
    }

    /** Sends the next suspect to an empty engine, or sees to it that an engine becomes empty. */
    private boolean placeSuspect(Outbox<T> outbox) {
        int limit = lanes.hasJobs() ? Math.max(1, seats.taking().size() / 2) : Integer.MAX_VALUE;
        Lane<T> waiting = null;
        for (Lane<T> lane : lanes) {
            lane.dropEndedSuspects();
            if (lane.suspects.isEmpty() || (seats.solo() >= limit && !isAwaited(lane.suspects.getFirst()))) {
                continue;
            }
            Seat<T> best = emptySeat(lane);
            if (best != null) {
                launchAlone(lane.suspects.removeFirst(), best, outbox);
                return true;
            }
            waiting = waiting == null && isAdmittedSomewhere(lane) ? lane : waiting;
        }
        if (waiting == null) {
            reservation.release();
        } else {
            reservation.renew(waiting);
        }
        return false;
    }

    private boolean isAdmittedSomewhere(Lane<T> lane) {
        for (Seat<T> seat : seats.taking()) {
            if (lane.admits(seat, seats.taking())) {
                return true;
            }
        }
        return false;
    }

    /** A work that was called by a work, which may be all that keeps an engine from being empty. */
    private boolean isAwaited(Suspect<T> suspect) {
        return suspect.job().depth() > 0;
    }

    /** An engine where nothing runs; but works may wait there for one that waits here. */
    private @Nullable Seat<T> emptySeat(Lane<T> lane) {
        Suspect<T> suspect = lane.suspects.getFirst();
        EngineChoice choice = suspect.job().rules().choice();
        Seat<T> best = null;
        for (Seat<T> seat : seats.taking()) {
            if ((seat.flights.isEmpty() || (isAwaited(suspect) && seat.holding() == 0))
                    && lane.admits(seat, seats.taking())
                    && (best == null || isBetter(seat, best, choice))) {
                best = seat;
            }
        }
        return best;
    }

    private void launchAlone(Suspect<T> suspect, Seat<T> seat, Outbox<T> outbox) {
        seats.beginSolo(seat);
        reservation.served(seat);
        List<T> frame = new ArrayList<>(1);
        frame.add(suspect.work());
        launch(seat, suspect.job(), frame, suspect.suspicion(), outbox);
    }

    /** Sends one frame of the job whose turn it is. */
    private boolean placeFrame(Outbox<T> outbox) {
        // Of a lane only the first job is looked at, also where a later one could be sent ahead to a busy engine and
        // this one cannot: turns stay fair, and the cost does not grow with the number of jobs.
        for (Lane<T> lane : lanes) {
            Job<T> job = lane.ring.peekFirst();
            Seat<T> best = job == null ? null : seatFor(lane, job);
            if (job == null || best == null) {
                continue;
            }
            int units = FrameSize.of(best, job, seats.allSlots());
            List<T> frame = job.take(units, Math.max(1, best.turningSlots()), splitter);
            lanes.tookTurn(lane);
            if (!frame.isEmpty()) {
                launch(best, job, frame, null, outbox);
            }
            return true;
        }
        return false;
    }

    private @Nullable Seat<T> seatFor(Lane<T> lane, Job<T> job) {
        Seat<T> best = null;
        for (Seat<T> seat : seats.taking()) {
            // What waits there may wait for this very work.
            boolean kept = (seat.solo || reservation.isOf(seat)) && seat.lent == 0;
            if (!kept
                    && lane.admits(seat, seats.taking())
                    && FrameSize.of(seat, job, seats.allSlots()) > 0
                    && (best == null || isBetter(seat, best, job.rules().choice()))) {
                best = seat;
            }
        }
        return best;
    }

    private static boolean isBetter(Seat<?> one, Seat<?> other, EngineChoice choice) {
        boolean oneStarts = one.freeSlots() > 0;
        boolean otherStarts = other.freeSlots() > 0;
        if (oneStarts != otherStarts) {
            return oneStarts;
        }
        if (one.refused != other.refused) {
            return other.refused;
        }
        return choice.compare(one, other) < 0;
    }

    private void launch(Seat<T> seat, Job<T> job, List<T> works, @Nullable Suspicion suspicion, Outbox<T> outbox) {
        long now = clock.getAsLong();
        Frame frame = new Frame();
        seat.openFrames++;
        seat.turn = seats.next();
        for (T work : works) {
            frame.add(work.units());
            seat.flights.put(work, new Flight<>(work, job, frame, suspicion, seats.next(), now));
        }
        outbox.send(seat.port, works);
    }
}
