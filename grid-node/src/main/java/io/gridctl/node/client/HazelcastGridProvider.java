package io.gridctl.node.client;

import io.gridctl.ConnectOptions;
import io.gridctl.Grid;
import io.gridctl.GridProvider;

/** The grid on Hazelcast, behind grid-api's door. */
public final class HazelcastGridProvider implements GridProvider {
    /** For {@link java.util.ServiceLoader}. */
    public HazelcastGridProvider() {}

    @Override
    public Grid connect(ConnectOptions options) throws InterruptedException {
        return GridConnection.open(options);
    }

    @Override
    public Grid local(int engines) {
        return LocalGrid.start(engines);
    }
}
