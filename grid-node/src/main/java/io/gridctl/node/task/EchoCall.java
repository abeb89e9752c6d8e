package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.concurrent.Callable;

/** Plain Hazelcast's least: a task that gives back its number. The yardstick for what the grid adds. */
public final class EchoCall implements Callable<Integer>, Wire.Typed {
    private int number;

    EchoCall() {}

    /**
     * A call.
     *
     * @param number what comes back
     */
    public EchoCall(int number) {
        this.number = number;
    }

    @Override
    public Integer call() {
        return number;
    }

    @Override
    public int getClassId() {
        return WireTypes.ECHO;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeInt(number);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        number = in.readInt();
    }
}
