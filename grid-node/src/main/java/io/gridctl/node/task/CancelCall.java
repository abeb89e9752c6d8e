package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.UUID;

/** Cancels tasks at one engine. */
public final class CancelCall extends DeskCall {
    private UUID client = new UUID(0, 0);
    private long[] tasks = {};
    private boolean interrupt;

    CancelCall() {}

    /**
     * A call.
     *
     * @param client whose tasks
     * @param tasks their ids
     * @param interrupt whether to interrupt those that run
     */
    public CancelCall(UUID client, long[] tasks, boolean interrupt) {
        this.client = client;
        this.tasks = tasks;
        this.interrupt = interrupt;
    }

    @Override
    Object at(EngineDesk desk) {
        desk.cancel(client, tasks, interrupt);
        return true;
    }

    @Override
    public int getClassId() {
        return WireTypes.CANCEL;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        Wire.writeUuid(out, client);
        out.writeLongArray(tasks);
        out.writeBoolean(interrupt);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        client = Wire.readUuid(in);
        tasks = Wire.readLongs(in);
        interrupt = in.readBoolean();
    }
}
