package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

/** The answer to a message that an engine could not deal with, for reasons of its own rather than the user's code. */
public final class Refusal implements Wire.Typed {
    private String reason = "";

    Refusal() {}

    Refusal(String reason) {
        this.reason = reason;
    }

    Refusal(Exception cause) {
        StringWriter text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text));
        reason = text.toString();
    }

    /**
     * Why.
     *
     * @return a sentence, or an engine-side stack trace
     */
    public String reason() {
        return reason;
    }

    @Override
    public int getClassId() {
        return WireTypes.REFUSAL;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeString(reason);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        reason = Wire.readText(in);
    }
}
