package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;

/** Asks an engine what it holds. */
public final class MemoryCall extends DeskCall {
    /** A call. */
    public MemoryCall() {}

    @Override
    Object at(EngineDesk desk) {
        return desk.memory();
    }

    @Override
    public int getClassId() {
        return WireTypes.MEMORY;
    }

    @Override
    public void writeData(ObjectDataOutput out) {}

    @Override
    public void readData(ObjectDataInput in) {}
}
