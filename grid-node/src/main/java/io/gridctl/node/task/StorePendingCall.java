package io.gridctl.node.task;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Has a member store a value that is pending in its host's memory. Gives whether it was. */
final class StorePendingCall implements Callable<Boolean>, HazelcastInstanceAware, Wire.Typed {
    private UUID blob = new UUID(0, 0);
    private long length;
    private @Nullable HazelcastInstance hazelcast;

    StorePendingCall() {}

    StorePendingCall(UUID blob, long length) {
        this.blob = blob;
        this.length = length;
    }

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
        return PendingValues.of(member).store(blob, length);
    }

    @Override
    public int getClassId() {
        return WireTypes.STORE_PENDING;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        Wire.writeUuid(out, blob);
        out.writeLong(length);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        blob = Wire.readUuid(in);
        length = in.readLong();
    }
}
