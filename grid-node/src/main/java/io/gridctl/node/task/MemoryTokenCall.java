package io.gridctl.node.task;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.gridctl.node.share.HostMemory;
import io.gridctl.node.share.SharedValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Has a member write a token into its host's memory, so that who asks sees whether that is its own host's, too. */
final class MemoryTokenCall implements Callable<Boolean>, HazelcastInstanceAware, Wire.Typed {
    private static final int BYTES = 2 * Long.BYTES;

    private UUID token = new UUID(0, 0);
    private @Nullable HazelcastInstance hazelcast;

    MemoryTokenCall() {}

    MemoryTokenCall(UUID token) {
        this.token = token;
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
        try (SharedValue value =
                MemberMemory.of(member).open(token, BYTES, BYTES).orElse(null)) {
            return value != null && value.fill(0, into -> into.put(content(token)));
        }
    }

    private static ByteBuffer content(UUID token) {
        return ByteBuffer.allocate(BYTES)
                .putLong(token.getLeastSignificantBits())
                .putLong(token.getMostSignificantBits())
                .flip();
    }

    /** Whether the token is there. It is removed. */
    static boolean isThere(UUID token, HostMemory memory) {
        Optional<SharedValue> found = memory.find(token, BYTES, BYTES);
        if (found.isEmpty()) {
            return false;
        }
        try (SharedValue value = found.get()) {
            return content(token).equals(value.read(0));
        } finally {
            memory.delete(token);
        }
    }

    @Override
    public int getClassId() {
        return WireTypes.MEMORY_TOKEN;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        Wire.writeUuid(out, token);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        token = Wire.readUuid(in);
    }
}
