package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.UUID;

/** Cancels tasks at one engine. */
public final class CancelCall extends DeskCall {
    private UUID client = new UUID(0, 0);
    private long[] tasks = {};
    private Manner manner = Manner.DROP;

    /** What becomes of tasks that run. The order is part of the wire format. */
    public enum Manner {
        /** They go on; only those that wait are dropped. */
        DROP,
        /** They are interrupted. */
        INTERRUPT,
        /** They are interrupted, and if that does not help, their engine ends. */
        FORCE;

        private static final Manner[] ALL = values();
    }

    CancelCall() {}

    /**
     * A call.
     *
     * @param client whose tasks
     * @param tasks their ids
     * @param manner what to do with those that run
     */
    public CancelCall(UUID client, long[] tasks, Manner manner) {
        this.client = client;
        this.tasks = tasks;
        this.manner = manner;
    }

    @Override
    Object at(EngineDesk desk) {
        desk.cancel(client, tasks, manner);
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
        out.writeByte(manner.ordinal());
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        client = Wire.readUuid(in);
        tasks = Wire.readLongs(in);
        manner = Manner.ALL[in.readByte()];
    }
}
