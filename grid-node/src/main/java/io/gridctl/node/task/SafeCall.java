package io.gridctl.node.task;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Asks a member whether the copies of what it owns are complete, and no data is on its way. Hazelcast's own question,
 * except that those who ask at the same time share the answer.
 */
public final class SafeCall implements Callable<Boolean>, HazelcastInstanceAware, IdentifiedDataSerializable {
    private static final String CONTEXT_KEY = SafeCall.class.getName();

    private @Nullable HazelcastInstance hazelcast;

    @Override
    public void setHazelcastInstance(HazelcastInstance instance) {
        hazelcast = instance;
    }

    @Override
    public Boolean call() {
        HazelcastInstance member = hazelcast;
        if (member == null) {
            throw new IllegalStateException("runs on members only");
        }
        SharedCheck check = (SharedCheck) member.getUserContext()
                .computeIfAbsent(CONTEXT_KEY, key -> new SharedCheck(member.getPartitionService()::isLocalMemberSafe));
        return check.holds();
    }

    @Override
    public int getFactoryId() {
        return WireTypes.FACTORY_ID;
    }

    @Override
    public int getClassId() {
        return WireTypes.SAFE;
    }

    @Override
    public void writeData(ObjectDataOutput out) {}

    @Override
    public void readData(ObjectDataInput in) {}
}
