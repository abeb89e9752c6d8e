package io.gridctl.node.balance;

import io.gridctl.node.balance.Flight.Suspect;
import java.util.ArrayDeque;
import java.util.List;

/** What waits for the same engines: jobs that take turns, and suspects. Guarded by the dispatcher's lock. */
final class Lane<T extends Work> {
    final Placement placement;
    /** The jobs that may have work to run, the deepest first; the first is next. */
    final ArrayDeque<Job<T>> ring = new ArrayDeque<>();

    /** The deepest first. */
    final ArrayDeque<Suspect<T>> suspects = new ArrayDeque<>(0);

    Lane(Placement placement) {
        this.placement = placement;
    }

    /** Behind those that are as deep. */
    void addLast(Job<T> job) {
        ArrayDeque<Job<T>> behind = new ArrayDeque<>(0);
        while (!ring.isEmpty() && ring.getLast().depth() < job.depth()) {
            behind.addFirst(ring.removeLast());
        }
        ring.addLast(job);
        ring.addAll(behind);
    }

    /** Before those that are as deep. */
    void addFirst(Job<T> job) {
        ArrayDeque<Job<T>> before = new ArrayDeque<>(0);
        while (!ring.isEmpty() && ring.getFirst().depth() > job.depth()) {
            before.addFirst(ring.removeFirst());
        }
        ring.addFirst(job);
        before.forEach(ring::addFirst);
    }

    /** Before or behind those that are as deep. */
    void addSuspect(Suspect<T> suspect, boolean first) {
        ArrayDeque<Suspect<T>> before = new ArrayDeque<>(0);
        int depth = suspect.job().depth();
        while (!suspects.isEmpty()
                && (suspects.getFirst().job().depth() > depth
                        || (!first && suspects.getFirst().job().depth() == depth))) {
            before.addFirst(suspects.removeFirst());
        }
        suspects.addFirst(suspect);
        before.forEach(suspects::addFirst);
    }

    boolean isEmpty() {
        return ring.isEmpty() && suspects.isEmpty();
    }

    void dropEndedSuspects() {
        while (!suspects.isEmpty() && suspects.getFirst().work().isEnded()) {
            suspects.removeFirst();
        }
    }

    /** Whether a work of this lane may be given to this engine, as long as these are there. */
    boolean admits(Seat<T> seat, List<Seat<T>> taking) {
        if (placement == Placement.anywhere()) {
            return true;
        }
        if (!placement.allows(seat)) {
            return false;
        }
        if (placement.prefers(seat)) {
            return true;
        }
        for (Seat<T> other : taking) {
            if (placement.allows(other) && placement.prefers(other)) {
                return false;
            }
        }
        return true;
    }
}
