package io.gridctl.node.balance;

/**
 * How many units of a job an engine is given at once.
 *
 * <ul>
 *   <li>Always what its free slots can start now.
 *   <li>Of short work, what keeps it busy for {@link #FRAME_NANOS}, in at most two frames, and at most twice of what it
 *       has shown to cope with. Not if long work sits in all its slots: that would only queue.
 *   <li>Of long work, one more for each slot, so that the next starts without a round trip. Not if the round trip is
 *       nothing beside the work, nor of the last few works, which the first free slot should get; nor if nobody knows
 *       how long it is.
 *   <li>Never more than half of the slots' share of what remains, so that the frames shrink towards the end and all
 *       engines finish together; but at least one.
 * </ul>
 */
final class FrameSize {
    /** The largest frame, unless the job says otherwise. */
    static final int MAX_WORKS = 512;
    /** How many unanswered frames are enough to keep an engine busy. */
    static final int FRAMES = 2;
    /**
     * What a frame of short work is worth, in time on the engine. A frame costs client and engine some tenths of a
     * millisecond together, on cores that may be the engines' own.
     */
    static final long FRAME_NANOS = 20_000_000;
    /** Work is short below this mean. */
    static final long LONG_NANOS = 10_000_000;
    /** Beside work of this mean a round trip does not matter. */
    static final long VERY_LONG_NANOS = 100_000_000;

    private FrameSize() {}

    /**
     * How many works to send.
     *
     * @param seat an engine that may take work
     * @param job the job whose turn it is
     * @param allSlots the slots of all engines that may take work
     * @return the number of units, or 0 for none now
     */
    static <T extends Work> int of(Seat<T> seat, Job<T> job, int allSlots) {
        int exact = job.rules().exactUnits();
        int free = seat.freeSlots();
        if (exact > 0) {
            return free > 0 ? free * exact : seat.openFrames < FRAMES && !seat.refused ? exact : 0;
        }
        int room = Math.max(free, ahead(seat, job, free, allSlots));
        if (room == 0) {
            return 0;
        }
        return Math.min(room, share(seat, job, allSlots));
    }

    private static <T extends Work> int ahead(Seat<T> seat, Job<T> job, int free, int allSlots) {
        if (seat.openFrames >= FRAMES || seat.refused) {
            return 0;
        }
        Pace pace = job.pace(seat);
        if (pace == null || !pace.isKnown()) {
            return 0;
        }
        double mean = Math.max(1, pace.meanNanos());
        int slots = seat.slots();
        int most = job.rules().mostUnits();
        if (mean < LONG_NANOS) {
            int turning = seat.turningSlots();
            int worth = (int) Math.min(most, FRAME_NANOS * (double) turning / mean);
            return turning <= 0 ? 0 : Math.min(Math.max(1, worth), pace.largestFrame());
        }
        boolean worthwhile = mean < VERY_LONG_NANOS && job.remaining() > allSlots;
        return worthwhile && free == 0 ? Math.max(0, 2 * slots - seat.holding()) : 0;
    }

    private static <T extends Work> int share(Seat<T> seat, Job<T> job, int allSlots) {
        long remaining = job.remaining();
        int most = job.rules().mostUnits();
        if (remaining == WorkSource.UNKNOWN) {
            return most;
        }
        double share = remaining * (double) seat.slots() / (2.0 * allSlots);
        return (int) Math.max(1, Math.min(most, share));
    }
}
