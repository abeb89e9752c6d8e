package io.gridctl.node;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;

/**
 * The member without slots that is first to start on a host. It keeps a copy of everything the engines hold, in a
 * partition group of its own, so that all engines of the host may die at once and nothing is lost.
 */
public final class AnchorNode implements AutoCloseable {
    private final HazelcastInstance hazelcast;

    private AnchorNode(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
    }

    /**
     * Starts the anchor and, if the settings name no seeds, the grid with it. Blocks until it has joined.
     *
     * @param settings the grid
     * @return the running anchor
     */
    public static AnchorNode start(NodeSettings settings) {
        AsyncStages.ensure();
        Config config = HazelcastSettings.member(settings, HazelcastSettings.Side.ANCHOR);
        return new AnchorNode(Hazelcast.newHazelcastInstance(config));
    }

    /**
     * Where engines and clients find it.
     *
     * @return {@code host:port}
     */
    public String address() {
        var address = hazelcast.getCluster().getLocalMember().getAddress();
        return address.getHost() + ":" + address.getPort();
    }

    /** Leaves at once, without handing data over. */
    @Override
    public void close() {
        hazelcast.getLifecycleService().terminate();
    }
}
