package io.gridctl.node.balance;

import static java.util.Objects.requireNonNull;

import io.gridctl.EngineChoice;

/**
 * How the works of a job are given out.
 *
 * @param placement which engines may run them
 * @param choice which of several engines with room is preferred
 * @param mostUnits the most units that one frame carries, at least 1
 * @param exactUnits how many units each work takes from the source, whatever was measured; 0 to have it measured
 * @param depth how many works wait for these, each in the one before; deeper jobs come first
 */
public record JobRules(Placement placement, EngineChoice choice, int mostUnits, int exactUnits, int depth) {
    /** Checks itself. */
    public JobRules {
        requireNonNull(placement, "placement");
        requireNonNull(choice, "choice");
        if (mostUnits < 1 || exactUnits < 0 || depth < 0) {
            throw new IllegalArgumentException(
                    "mostUnits " + mostUnits + ", exactUnits " + exactUnits + ", depth " + depth);
        }
    }

    /**
     * Anywhere, the least loaded engine first, frames of measured size.
     *
     * @return the rules of a job that asks for nothing
     */
    public static JobRules defaults() {
        return new JobRules(Placement.anywhere(), EngineChoice.leastLoaded(), FrameSize.MAX_WORKS, 0, 0);
    }

    /**
     * A copy.
     *
     * @param other which engines may run the works
     * @return new rules
     */
    public JobRules withPlacement(Placement other) {
        return new JobRules(other, choice, mostUnits, exactUnits, depth);
    }

    /**
     * A copy.
     *
     * @param other which engine is preferred
     * @return new rules
     */
    public JobRules withChoice(EngineChoice other) {
        return new JobRules(placement, other, mostUnits, exactUnits, depth);
    }

    /**
     * A copy.
     *
     * @param most the most units that one frame carries
     * @param exact how many units each work takes, 0 to have it measured
     * @return new rules
     */
    public JobRules withUnits(int most, int exact) {
        return new JobRules(placement, choice, most, exact, depth);
    }

    /**
     * A copy.
     *
     * @param other how many works wait for these, each in the one before
     * @return new rules
     */
    public JobRules withDepth(int other) {
        return other == depth ? this : new JobRules(placement, choice, mostUnits, exactUnits, other);
    }
}
