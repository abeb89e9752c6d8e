package io.gridctl.node.task;

import com.hazelcast.nio.serialization.DataSerializableFactory;

/** The types that Hazelcast reads and writes for the grid, by number. */
public final class WireTypes {
    /** The factory's id, the same on members and clients. */
    public static final int FACTORY_ID = 7310;

    private WireTypes() {}

    /**
     * The factory to register on every member and client.
     *
     * @return a factory without state
     */
    public static DataSerializableFactory factory() {
        return typeId -> {
            throw new IllegalArgumentException("unknown wire type " + typeId);
        };
    }
}
