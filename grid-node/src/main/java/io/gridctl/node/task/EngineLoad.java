package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;

/** What an engine is doing. */
public final class EngineLoad implements Wire.Typed {
    private int running;
    private int waiting;
    private long done;
    private long heapUsedBytes;
    private long heapMaxBytes;

    EngineLoad() {}

    /**
     * Counts.
     *
     * @param running tasks that run now
     * @param waiting tasks accepted and not started
     * @param done tasks finished since the engine started
     * @param heapUsedBytes heap in use
     * @param heapMaxBytes heap it may use
     */
    public EngineLoad(int running, int waiting, long done, long heapUsedBytes, long heapMaxBytes) {
        this.running = running;
        this.waiting = waiting;
        this.done = done;
        this.heapUsedBytes = heapUsedBytes;
        this.heapMaxBytes = heapMaxBytes;
    }

    /** {@return tasks that run now} */
    public int running() {
        return running;
    }

    /** {@return tasks accepted and not started} */
    public int waiting() {
        return waiting;
    }

    /** {@return tasks finished since the engine started} */
    public long done() {
        return done;
    }

    /** {@return heap in use} */
    public long heapUsedBytes() {
        return heapUsedBytes;
    }

    /** {@return heap it may use} */
    public long heapMaxBytes() {
        return heapMaxBytes;
    }

    @Override
    public int getClassId() {
        return WireTypes.ENGINE_LOAD;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeInt(running);
        out.writeInt(waiting);
        out.writeLong(done);
        out.writeLong(heapUsedBytes);
        out.writeLong(heapMaxBytes);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        running = in.readInt();
        waiting = in.readInt();
        done = in.readLong();
        heapUsedBytes = in.readLong();
        heapMaxBytes = in.readLong();
    }
}
