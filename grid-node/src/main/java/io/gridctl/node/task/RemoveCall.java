package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** Removes names at one engine. */
public final class RemoveCall extends DeskCall {
    private Collection<String> names = List.of();

    RemoveCall() {}

    /**
     * A call.
     *
     * @param names the names; all, if there are none
     */
    public RemoveCall(Collection<String> names) {
        this.names = names;
    }

    @Override
    Object at(EngineDesk desk) {
        desk.remove(names);
        return true;
    }

    @Override
    public int getClassId() {
        return WireTypes.REMOVE;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeStringArray(names.toArray(String[]::new));
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        names = Wire.readTexts(in);
    }
}
