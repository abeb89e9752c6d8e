package io.gridctl.node.balance;

import io.gridctl.EngineLoad;
import java.util.IdentityHashMap;

/** What the dispatcher knows of one engine. Guarded by the dispatcher's lock. */
final class Seat<T extends Work> implements EngineLoad {
    final EnginePort<T> port;
    /** What the engine holds; at most {@code slots + 2 * FrameSize.MAX_WORKS}. */
    final IdentityHashMap<T, Flight<T>> flights = new IdentityHashMap<>();

    private final int slots;
    /** Frames with works that are neither ended, nor handed back, nor late. */
    int openFrames;
    /** Works whose frame has answered without them: each still has a slot. */
    int late;
    /** Those of them that wait, and others may run in their place. */
    int lent;

    /** It handed work back and has ended none since: it has no room that we can see. */
    boolean refused;
    /** It runs a suspect and nothing else. */
    boolean solo;

    long turn;
    /** When it was last kept free for a suspect in vain; 0 for never. */
    long reservedInVain;

    Seat(EnginePort<T> port, int slots, long turn) {
        this.port = port;
        this.slots = slots;
        this.turn = turn;
    }

    @Override
    public int engineId() {
        return port.engineId();
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public int inFlight() {
        return flights.size();
    }

    @Override
    public long turn() {
        return turn;
    }

    /** Works that need a slot, now or soon. */
    int holding() {
        return flights.size() - lent;
    }

    /** Slots that long works do not sit on. */
    int turningSlots() {
        return slots - late + lent;
    }

    int freeSlots() {
        return Math.max(0, slots - holding());
    }
}
