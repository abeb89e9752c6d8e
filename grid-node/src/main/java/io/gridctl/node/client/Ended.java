package io.gridctl.node.client;

import io.gridctl.node.task.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parcel that an engine is done with.
 *
 * @param outcome how it ended there; null if it did not run, as when it was cancelled on the way
 */
record Ended(Parcel parcel, @Nullable Outcome outcome) {
    static List<Ended> unrun(List<Parcel> parcels) {
        return parcels.stream().map(parcel -> new Ended(parcel, null)).toList();
    }

    /** How long it ran; negative if it did not. */
    long ranNanos() {
        return outcome == null ? -1 : outcome.ranNanos();
    }

    /** Hands the outcome to those who wait for it; gives what is to be tried again. */
    List<Parcel> tell() {
        return outcome == null ? List.of() : parcel.outcome(outcome);
    }
}
