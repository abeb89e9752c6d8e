package io.gridctl.node.pipeline;

import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;

/** The types of pipelines that Hazelcast reads and writes, by number. */
public final class PipelineTypes {
    /** The factory's id, the same on members and clients. */
    public static final int FACTORY_ID = 7311;

    static final int ORDER = 1;
    static final int STAGE = 2;
    static final int ENGINE_STAGE = 3;
    static final int REPORT = 4;

    private PipelineTypes() {}

    /**
     * The factory to register on every member and client.
     *
     * @return a factory without state
     */
    public static DataSerializableFactory factory() {
        return typeId -> switch (typeId) {
            case ORDER -> new PipelineOrder();
            case STAGE -> new Stage();
            case ENGINE_STAGE -> new EngineStage();
            case REPORT -> new PipelineReport();
            default -> throw new IllegalArgumentException("unknown pipeline type " + typeId);
        };
    }

    /** A type of this factory. */
    interface Typed extends IdentifiedDataSerializable {
        @Override
        default int getFactoryId() {
            return FACTORY_ID;
        }
    }
}
