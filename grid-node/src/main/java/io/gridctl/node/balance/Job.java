package io.gridctl.node.balance;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A submitted source, its works that came back, and what was measured of it. Opaque to callers, who keep it only to say
 * {@link Dispatcher#refilled}. Guarded by the dispatcher's lock.
 *
 * @param <T> the works
 */
public final class Job<T extends Work> {
    private static final Logger log = LoggerFactory.getLogger(Job.class);

    /** Null once it is exhausted. */
    private @Nullable WorkSource<T> source;

    private boolean dry;
    private final ArrayDeque<T> returned = new ArrayDeque<>(0);
    private long returnedUnits;
    /** By engine id, so that it stays as small as the grid however often engines are replaced. */
    private final Map<Integer, Pace> paces = new HashMap<>(4);

    boolean inRing;

    private final JobRules rules;

    Job(WorkSource<T> source, JobRules rules) {
        this.source = source;
        this.rules = rules;
    }

    int depth() {
        return rules.depth();
    }

    JobRules rules() {
        return rules;
    }

    @Nullable
    Pace pace(Seat<T> seat) {
        Pace pace = paces.get(seat.engineId());
        return pace != null && pace.isOf(seat) ? pace : null;
    }

    Pace paceToUpdate(Seat<T> seat) {
        Pace pace = pace(seat);
        if (pace == null) {
            pace = new Pace(seat);
            paces.put(seat.engineId(), pace);
        }
        return pace;
    }

    /** Takes works of so many units that have not ended, for so many slots; none if the job has nothing to run now. */
    List<T> take(int units, int slots, Splitter<T> splitter) {
        List<T> frame = new ArrayList<>(Math.min(units, 16));
        int perWork = rules.exactUnits() > 0 ? rules.exactUnits() : (units + slots - 1) / slots;
        int left = units;
        while (left > 0) {
            T work = next(rules.exactUnits() > 0 ? perWork : Math.min(perWork, left), splitter);
            if (work == null) {
                break;
            }
            if (!work.isEnded()) {
                frame.add(work);
                left -= work.units();
            }
        }
        return frame;
    }

    private @Nullable T next(int units, Splitter<T> splitter) {
        T back = returned.pollFirst();
        if (back != null) {
            returnedUnits -= back.units();
            if (back.units() <= units || back.isEnded()) {
                return back;
            }
            Splitter.Halves<T> halves = splitter.split(back, units);
            putBack(halves.tail());
            return halves.head();
        }
        if (source == null || dry) {
            return null;
        }
        try {
            T work = source.poll(units);
            dry = work == null;
            if (source.isExhausted()) {
                source = null;
            }
            return work;
        } catch (RuntimeException broken) {
            log.error("a job's source failed; what it had left is not run", broken);
            source = null;
            return null;
        }
    }

    /** Puts a work before everything else of this job. */
    void putBack(T work) {
        returned.addFirst(work);
        returnedUnits += work.units();
    }

    void refilled() {
        dry = false;
    }

    boolean mayHaveWork() {
        return !returned.isEmpty() || (source != null && !dry);
    }

    /** About how many units wait here. */
    long remaining() {
        if (source == null) {
            return returnedUnits;
        }
        long ahead = source.remaining();
        return ahead == WorkSource.UNKNOWN ? ahead : ahead + returnedUnits;
    }
}
