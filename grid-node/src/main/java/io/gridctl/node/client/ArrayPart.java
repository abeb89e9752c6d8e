package io.gridctl.node.client;

import io.gridctl.node.payload.ArraySource;
import io.gridctl.node.task.FrameCall.TaskCall;
import java.nio.ByteBuffer;

/** Neighbouring elements of an array as a task, whose bytes are made when it is sent. */
final class ArrayPart extends PendingTask {
    private final ArraySource elements;

    ArrayPart(ArrayResult<?> call, int index, long id, ArraySource elements) {
        super(call, index, id, new byte[0]);
        this.elements = elements;
    }

    @Override
    public TaskCall toCall() {
        byte[] bytes = new byte[(int) elements.length()];
        elements.fill(0, ByteBuffer.wrap(bytes));
        return new TaskCall(id(), bytes);
    }
}
