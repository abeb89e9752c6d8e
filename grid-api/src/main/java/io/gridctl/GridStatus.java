package io.gridctl;

import java.util.List;
import java.util.Optional;

/**
 * A look at a whole grid.
 *
 * @param name its name
 * @param anchorPid the process that watches the engines of this host, empty if there is none
 * @param backedUp whether what the engines hold would survive the loss of all engines of the host
 * @param engines one entry per id, in order
 */
public record GridStatus(String name, Optional<Long> anchorPid, boolean backedUp, List<EngineStatus> engines) {
    /** Copies the list. */
    public GridStatus {
        engines = List.copyOf(engines);
    }
}
