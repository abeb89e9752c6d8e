package io.gridctl.node;

import java.util.List;

/**
 * What a process has to know to join a grid.
 *
 * @param grid the grid's name, for people
 * @param secret the random cluster name that only members and clients of this grid know
 * @param seeds members to join, as {@code host:port}; none for the first member of a grid
 * @param host the address to listen on
 */
public record NodeSettings(String grid, String secret, List<String> seeds, String host) {
    /** Where everything listens until the grid has TLS. */
    public static final String LOOPBACK = "127.0.0.1";

    /** Copies the list. */
    public NodeSettings {
        seeds = List.copyOf(seeds);
    }

    /**
     * A copy with members to join.
     *
     * @param newSeeds addresses as {@code host:port}
     * @return a copy
     */
    public NodeSettings withSeeds(List<String> newSeeds) {
        return new NodeSettings(grid, secret, newSeeds, host);
    }
}
