package io.gridctl.node.task;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.ReadOnly;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads what a namespace holds where it lies, so that the values' bytes stay there. */
public final class ReadHeading
        implements EntryProcessor<String, @Nullable StoredValue, @Nullable ValueHeading>, ReadOnly, Wire.Typed {
    ReadHeading() {}

    /**
     * Reads all headings of an engine's namespace, whether the engine is there or not. Blocks.
     *
     * @param hazelcast a member or client
     * @param engineId the engine
     * @return name to heading
     */
    public static Map<String, ValueHeading> all(HazelcastInstance hazelcast, int engineId) {
        IMap<String, StoredValue> map = GridMaps.get(hazelcast, GridObjects.namespace(engineId));
        return map.executeOnEntries(new ReadHeading());
    }

    /**
     * Reads the heading of one name.
     *
     * @param hazelcast a member or client
     * @param engineId the engine, whether it is there or not
     * @param name the name
     * @return null to come if there is no such name
     */
    public static CompletionStage<@Nullable ValueHeading> one(HazelcastInstance hazelcast, int engineId, String name) {
        IMap<String, StoredValue> map = GridMaps.get(hazelcast, GridObjects.namespace(engineId));
        return map.submitToKey(name, new ReadHeading());
    }

    @Override
    public @Nullable ValueHeading process(Map.Entry<String, @Nullable StoredValue> entry) {
        StoredValue value = entry.getValue();
        return value == null ? null : new ValueHeading(value);
    }

    @Override
    public int getClassId() {
        return WireTypes.READ_HEADING;
    }

    @Override
    public void writeData(ObjectDataOutput out) {}

    @Override
    public void readData(ObjectDataInput in) {}
}
