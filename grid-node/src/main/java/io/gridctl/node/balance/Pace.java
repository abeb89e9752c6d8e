package io.gridctl.node.balance;

/** What has been measured of one job on one incarnation of an engine. Guarded by the dispatcher's lock. */
final class Pace {
    private static final int MEMORY = 16;

    private final Seat<?> seat;
    private double meanNanos;
    private int samples;
    /** How often a frame must go well before a larger one is tried. */
    private static final int PROOFS = 2;

    private int provenFrame = 1;
    private int proofs;

    Pace(Seat<?> seat) {
        this.seat = seat;
    }

    boolean isOf(Seat<?> other) {
        return seat == other;
    }

    /** Notes one run of so many units: a plain mean at first, then one that forgets. */
    void ran(long nanos, int units) {
        double each = (double) nanos / units;
        if (samples == 1 && each < meanNanos) {
            // The first run on an engine pays for loading and compiling; it would hide short work for a long time.
            meanNanos = each;
            samples = 2;
            return;
        }
        samples = Math.min(samples + 1, MEMORY);
        meanNanos += (each - meanNanos) / samples;
    }

    boolean isKnown() {
        return samples > 0;
    }

    double meanNanos() {
        return meanNanos;
    }

    /** A frame of this size was answered with nothing handed back. Once may be luck. */
    void proved(int frame) {
        if (frame > provenFrame && ++proofs >= PROOFS) {
            provenFrame = frame;
            proofs = 0;
        }
    }

    /** A frame of this size was more than the engine could start. */
    void tooMuch(int frame) {
        provenFrame = Math.max(1, Math.min(provenFrame, frame) / 2);
        proofs = 0;
    }

    /** The largest frame that evidence allows: one step beyond what went well. */
    int largestFrame() {
        return provenFrame * 2;
    }
}
