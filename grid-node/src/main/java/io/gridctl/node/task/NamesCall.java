package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;

/** Lists the names of one engine. */
public final class NamesCall extends DeskCall {
    @Override
    Object at(EngineDesk desk) {
        return new NamesReply(desk.names());
    }

    @Override
    public int getClassId() {
        return WireTypes.NAMES;
    }

    @Override
    public void writeData(ObjectDataOutput out) {}

    @Override
    public void readData(ObjectDataInput in) {}
}
