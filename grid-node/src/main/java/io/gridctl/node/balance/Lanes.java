package io.gridctl.node.balance;

import io.gridctl.node.balance.Flight.Suspect;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * All that waits, by the engines that it may run on: work that waits for one engine does not hold up work that another
 * may run. Lanes take turns. Guarded by the dispatcher's lock.
 */
final class Lanes<T extends Work> implements Iterable<Lane<T>> {
    private final Map<Placement, Lane<T>> byPlacement = new HashMap<>();
    private final ArrayDeque<Lane<T>> turns = new ArrayDeque<>();
    private int jobs;

    private Lane<T> of(Job<T> job) {
        return byPlacement.computeIfAbsent(job.rules().placement(), placement -> {
            Lane<T> lane = new Lane<>(placement);
            turns.addLast(lane);
            return lane;
        });
    }

    /** The job waits for its turn. */
    void addLast(Job<T> job) {
        if (!job.inRing) {
            job.inRing = true;
            jobs++;
            of(job).addLast(job);
        }
    }

    /** The job's turn was undone. */
    void addFirst(Job<T> job) {
        if (!job.inRing) {
            job.inRing = true;
            jobs++;
            of(job).addFirst(job);
        }
    }

    /** The first job of the lane has had its turn; so has the lane. */
    void tookTurn(Lane<T> lane) {
        Job<T> job = lane.ring.removeFirst();
        job.inRing = false;
        jobs--;
        if (job.mayHaveWork()) {
            addLast(job);
        }
        if (turns.size() > 1 && turns.remove(lane)) {
            turns.addLast(lane);
        }
    }

    void addSuspect(Suspect<T> suspect, boolean first) {
        of(suspect.job()).addSuspect(suspect, first);
    }

    boolean hasJobs() {
        return jobs > 0;
    }

    void dropEmpty() {
        for (Iterator<Lane<T>> all = turns.iterator(); all.hasNext(); ) {
            Lane<T> lane = all.next();
            if (lane.isEmpty()) {
                all.remove();
                byPlacement.remove(lane.placement);
            }
        }
    }

    @Override
    public Iterator<Lane<T>> iterator() {
        return turns.iterator();
    }

    void clear() {
        byPlacement.clear();
        turns.clear();
        jobs = 0;
    }
}
