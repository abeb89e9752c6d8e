package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;

/** Asks an engine what it is doing. */
public final class LoadCall extends DeskCall {
    @Override
    Object at(EngineDesk desk) {
        return desk.load();
    }

    @Override
    public int getClassId() {
        return WireTypes.LOAD;
    }

    @Override
    public void writeData(ObjectDataOutput out) {}

    @Override
    public void readData(ObjectDataInput in) {}
}
