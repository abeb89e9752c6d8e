package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.UUID;

/** Tells an engine that a client leaves. */
public final class GoodbyeCall extends DeskCall {
    private UUID client = new UUID(0, 0);

    GoodbyeCall() {}

    /**
     * A call.
     *
     * @param client who leaves
     */
    public GoodbyeCall(UUID client) {
        this.client = client;
    }

    @Override
    Object at(EngineDesk desk) {
        desk.goodbye(client);
        return true;
    }

    @Override
    public int getClassId() {
        return WireTypes.GOODBYE;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        Wire.writeUuid(out, client);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        client = Wire.readUuid(in);
    }
}
