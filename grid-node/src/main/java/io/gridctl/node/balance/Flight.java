package io.gridctl.node.balance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One work on one engine, from sending until the engine is done with it. Guarded by the dispatcher's lock. */
final class Flight<T extends Work> {
    final T work;
    final Job<T> job;
    final Frame frame;
    /** What is held against the work; null if nothing. */
    final @Nullable Suspicion suspicion;

    final long number;
    final long sentNanos;
    boolean late;
    /** It waits, and another may run in its place. */
    boolean lends;

    Flight(T work, Job<T> job, Frame frame, @Nullable Suspicion suspicion, long number, long sentNanos) {
        this.work = work;
        this.job = job;
        this.frame = frame;
        this.suspicion = suspicion;
        this.number = number;
        this.sentNanos = sentNanos;
    }

    /** The message that a flight went with. */
    static final class Frame {
        int units;
        /** Works that are neither ended, nor handed back, nor late. */
        int open;

        boolean handedBack;

        void add(int more) {
            units += more;
            open++;
        }
    }

    /** The losses a work was part of. */
    static final class Suspicion {
        private final List<LossHistory.Loss> losses = new ArrayList<>(4);
        private int blamed;

        void add(LossHistory.Loss loss) {
            losses.add(loss);
            if (loss.alone()) {
                blamed++;
            }
        }

        int blamed() {
            return blamed;
        }

        Suspicion copy() {
            Suspicion copy = new Suspicion();
            losses.forEach(copy::add);
            return copy;
        }

        LossHistory history() {
            return new LossHistory(losses);
        }
    }

    /** A work that waits to run alone. */
    record Suspect<T extends Work>(T work, Job<T> job, Suspicion suspicion) {}
}
