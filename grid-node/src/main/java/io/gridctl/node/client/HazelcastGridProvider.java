package io.gridctl.node.client;

import com.hazelcast.core.HazelcastInstance;
import io.gridctl.ConnectOptions;
import io.gridctl.Grid;
import io.gridctl.GridProvider;

/** The grid on Hazelcast, behind grid-api's door. */
public final class HazelcastGridProvider implements GridProvider {
    /** For {@link java.util.ServiceLoader}. */
    public HazelcastGridProvider() {}

    /**
     * A grid over a client that is connected already. Closing the grid ends the client.
     *
     * @param name the grid's name, for people
     * @param client a client configured by {@link io.gridctl.node.HazelcastSettings}
     * @return the grid
     */
    public static Grid over(String name, HazelcastInstance client) {
        return new RemoteGrid(name, client, true, ConnectOptions.MAX_CALL_BYTES, () -> {});
    }

    @Override
    public Grid connect(ConnectOptions options) throws InterruptedException {
        return GridConnection.open(options);
    }

    @Override
    public Grid local(int engines) {
        return LocalGrid.start(engines);
    }
}
