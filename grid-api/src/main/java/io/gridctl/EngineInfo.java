package io.gridctl;

import java.util.Set;

/**
 * Who an engine is.
 *
 * @param id the number it is addressed by, stable for the life of the grid
 * @param incarnation how often the id has been filled, from 1
 * @param state what it is up to
 * @param host the host it runs on
 * @param pid its process id on that host
 * @param slots how many tasks it runs at once
 * @param tags its labels
 */
public record EngineInfo(
        int id, int incarnation, EngineState state, String host, long pid, int slots, Set<String> tags) {
    /** Copies the tags. */
    public EngineInfo {
        tags = Set.copyOf(tags);
    }
}
