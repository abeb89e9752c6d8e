package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.List;

/**
 * The answer to a frame. Every task of the frame is in one of the three parts, each of them in the order of the frame. Of
 * several tasks that were sent as one, the first have ended, the next may be late, and the others, known by the first of
 * them, were handed back. An engine that lacks the function that a frame only names has not taken the frame.
 */
public final class FrameReply implements Wire.Typed {
    private boolean taken = true;
    private List<Outcome> ended = List.of();
    private long[] late = {};
    private long[] handedBack = {};

    FrameReply() {}

    /**
     * An answer.
     *
     * @param ended outcomes of the tasks that have ended
     * @param late tasks that the engine keeps, whose outcomes will be collected
     * @param handedBack tasks that did not start and will not
     */
    public FrameReply(List<Outcome> ended, long[] late, long[] handedBack) {
        this.ended = ended;
        this.late = late;
        this.handedBack = handedBack;
    }

    /**
     * The engine lacks the function, and does not know this frame.
     *
     * @return the answer
     */
    public static FrameReply lacksFunction() {
        FrameReply reply = new FrameReply();
        reply.taken = false;
        return reply;
    }

    /** {@return whether the engine took the frame; if not, the other parts are empty} */
    public boolean isTaken() {
        return taken;
    }

    /** {@return outcomes of the tasks that have ended} */
    public List<Outcome> ended() {
        return ended;
    }

    /** {@return tasks that the engine keeps} */
    public long[] late() {
        return late;
    }

    /** {@return tasks that did not start} */
    public long[] handedBack() {
        return handedBack;
    }

    @Override
    public int getClassId() {
        return WireTypes.FRAME_REPLY;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeBoolean(taken);
        Wire.writeList(out, ended, outcome -> outcome.write(out));
        out.writeLongArray(late);
        out.writeLongArray(handedBack);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        taken = in.readBoolean();
        ended = Wire.readList(in, () -> Outcome.read(in));
        late = Wire.readLongs(in);
        handedBack = Wire.readLongs(in);
    }
}
