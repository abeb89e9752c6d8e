package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.UUID;

/** Parks at an engine until something has come later than its frame's answer. A client has one such call there. */
public final class CollectCall extends DeskCall {
    private UUID client = new UUID(0, 0);
    private long received;
    private int waitMillis;

    CollectCall() {}

    /**
     * A call.
     *
     * @param client who asks
     * @param received the number of the last reply that arrived: everything up to it may be forgotten
     * @param waitMillis how long to wait if there is nothing
     */
    public CollectCall(UUID client, long received, int waitMillis) {
        this.client = client;
        this.received = received;
        this.waitMillis = waitMillis;
    }

    /** {@return who asks} */
    public UUID client() {
        return client;
    }

    /** {@return the number of the last reply that arrived} */
    public long received() {
        return received;
    }

    /** {@return how long to wait if there is nothing} */
    public int waitMillis() {
        return waitMillis;
    }

    @Override
    Object at(EngineDesk desk) throws InterruptedException {
        return desk.collect(this);
    }

    @Override
    public int getClassId() {
        return WireTypes.COLLECT;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        Wire.writeUuid(out, client);
        out.writeLong(received);
        out.writeInt(waitMillis);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        client = Wire.readUuid(in);
        received = in.readLong();
        waitMillis = in.readInt();
    }
}
