package io.gridctl.node.balance;

/** What has been measured of one job on one incarnation of an engine. Guarded by the dispatcher's lock. */
final class Pace {
    private static final int MEMORY = 16;

    private final Seat<?> seat;
    private double meanNanos;
    private int samples;
    private int provenFrame = 1;

    Pace(Seat<?> seat) {
        this.seat = seat;
    }

    boolean isOf(Seat<?> other) {
        return seat == other;
    }

    /** Notes one run: a plain mean at first, then one that forgets. */
    void ran(long nanos) {
        if (samples == 1 && nanos < meanNanos) {
            // The first run on an engine pays for loading and compiling; it would hide short work for a long time.
            meanNanos = nanos;
            samples = 2;
            return;
        }
        samples = Math.min(samples + 1, MEMORY);
        meanNanos += (nanos - meanNanos) / samples;
    }

    boolean isKnown() {
        return samples > 0;
    }

    double meanNanos() {
        return meanNanos;
    }

    /** A frame of this size was answered with nothing handed back. */
    void proved(int frame) {
        provenFrame = Math.max(provenFrame, frame);
    }

    /** A frame of this size was more than the engine could start. */
    void tooMuch(int frame) {
        provenFrame = Math.max(1, Math.min(provenFrame, frame) / 2);
    }

    /** The largest frame that evidence allows: one step beyond what went well. */
    int largestFrame() {
        return provenFrame * 2;
    }
}
