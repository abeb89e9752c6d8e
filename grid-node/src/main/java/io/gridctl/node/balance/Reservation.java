package io.gridctl.node.balance;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one engine that is kept from new work until it is empty, for the sake of a suspect that has to run alone. If that
 * lasts, it becomes another's turn. Guarded by the dispatcher's lock.
 */
final class Reservation<T extends Work> {
    private static final long FIRST_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_PATIENCE_NANOS = TimeUnit.HOURS.toNanos(1);

    private final LongSupplier clock;
    private final Seats<T> seats;
    private @Nullable Seat<T> reserved;
    private long sinceNanos;
    private long patienceNanos = FIRST_PATIENCE_NANOS;

    Reservation(LongSupplier clock, Seats<T> seats) {
        this.clock = clock;
        this.seats = seats;
    }

    boolean isOf(Seat<T> seat) {
        return seat == reserved;
    }

    void release() {
        reserved = null;
    }

    void release(Seat<T> seat) {
        if (seat == reserved) {
            reserved = null;
        }
    }

    /** A suspect has got its engine. */
    void served(Seat<T> seat) {
        release(seat);
        patienceNanos = FIRST_PATIENCE_NANOS;
    }

    /** Sees to it that an engine becomes empty for the first suspect of this lane. */
    void renew(Lane<T> lane) {
        long now = clock.getAsLong();
        if (reserved != null) {
            if (now - sinceNanos < patienceNanos && lane.admits(reserved, seats.taking())) {
                return;
            }
            // Something long runs there. Next time wait longer, so that in the end it is enough for any work that ends.
            reserved.reservedInVain = seats.next();
            patienceNanos = Math.min(2 * patienceNanos, LONGEST_PATIENCE_NANOS);
            reserved = null;
        }
        for (Seat<T> seat : seats.taking()) {
            if (!seat.solo
                    && lane.admits(seat, seats.taking())
                    && (reserved == null || isSoonerEmpty(seat, reserved))) {
                reserved = seat;
                sinceNanos = now;
            }
        }
    }

    private static boolean isSoonerEmpty(Seat<?> one, Seat<?> other) {
        return one.reservedInVain != other.reservedInVain
                ? one.reservedInVain < other.reservedInVain
                : one.inFlight() < other.inFlight();
    }
}
