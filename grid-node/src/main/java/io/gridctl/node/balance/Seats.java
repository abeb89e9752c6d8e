package io.gridctl.node.balance;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The engines that are known, and those of them that take work. Guarded by the dispatcher's lock. */
final class Seats<T extends Work> {
    private final IdentityHashMap<EnginePort<T>, Seat<T>> byPort = new IdentityHashMap<>();
    private final List<Seat<T>> taking = new ArrayList<>();
    private int allSlots;
    private int solo;
    private long counter;

    /** A number higher than all before. */
    long next() {
        return ++counter;
    }

    @Nullable
    Seat<T> find(EnginePort<T> port) {
        return byPort.get(port);
    }

    /** The engine takes work; false if it did. */
    boolean take(EnginePort<T> port, int slots) {
        Seat<T> seat = byPort.get(port);
        if (seat == null) {
            seat = new Seat<>(port, slots, next());
            byPort.put(port, seat);
        } else if (taking.contains(seat)) {
            return false;
        }
        taking.add(seat);
        allSlots += seat.slots();
        return true;
    }

    void stopTaking(Seat<T> seat) {
        if (taking.remove(seat)) {
            allSlots -= seat.slots();
        }
    }

    @Nullable
    Seat<T> remove(EnginePort<T> port) {
        Seat<T> seat = byPort.remove(port);
        if (seat != null) {
            stopTaking(seat);
            endSolo(seat);
        }
        return seat;
    }

    List<Seat<T>> taking() {
        return taking;
    }

    int allSlots() {
        return allSlots;
    }

    /** How many engines run a suspect and nothing else. */
    int solo() {
        return solo;
    }

    void beginSolo(Seat<T> seat) {
        if (!seat.solo) {
            seat.solo = true;
            solo++;
        }
    }

    void endSolo(Seat<T> seat) {
        if (seat.solo) {
            seat.solo = false;
            solo--;
        }
    }

    void clear() {
        byPort.clear();
        taking.clear();
        allSlots = 0;
        solo = 0;
    }
}
