package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.List;

/** Outcomes, pieces of output of tasks that still run, and what the engine wants to know. */
public final class LateReply implements Wire.Typed {
    private long number;
    private List<Outcome> outcomes = List.of();
    private List<Printed> printed = List.of();
    private List<CodeQuestion> questions = List.of();
    private List<Lending> lendings = List.of();

    /**
     * What a running task has printed.
     *
     * @param task the task
     * @param text what it printed since the last time
     */
    public record Printed(long task, Outcome.News text) {}

    /**
     * Whether a task that runs needs its slot.
     *
     * @param task the task
     * @param lent whether it waits and another may run in its place
     */
    public record Lending(long task, boolean lent) {}

    LateReply() {}

    /**
     * A reply.
     *
     * @param number to be acknowledged by the next call
     * @param outcomes tasks that have ended
     * @param printed output of tasks that have not
     * @param questions what the engine lacks
     * @param lendings tasks whose slots were lent or taken back
     */
    public LateReply(
            long number,
            List<Outcome> outcomes,
            List<Printed> printed,
            List<CodeQuestion> questions,
            List<Lending> lendings) {
        this.number = number;
        this.outcomes = outcomes;
        this.printed = printed;
        this.questions = questions;
        this.lendings = lendings;
    }

    /**
     * A reply without news.
     *
     * @param number as it was before
     * @return the reply
     */
    public static LateReply nothing(long number) {
        return new LateReply(number, List.of(), List.of(), List.of(), List.of());
    }

    /** {@return the reply's number} */
    public long number() {
        return number;
    }

    /** {@return tasks that have ended} */
    public List<Outcome> outcomes() {
        return outcomes;
    }

    /** {@return output of tasks that have not} */
    public List<Printed> printed() {
        return printed;
    }

    /** {@return what the engine lacks} */
    public List<CodeQuestion> questions() {
        return questions;
    }

    /** {@return tasks whose slots were lent or taken back, in this order} */
    public List<Lending> lendings() {
        return lendings;
    }

    @Override
    public int getClassId() {
        return WireTypes.LATE_REPLY;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(number);
        Wire.writeList(out, outcomes, outcome -> outcome.write(out));
        Wire.writeList(out, printed, piece -> {
            out.writeLong(piece.task());
            piece.text().write(out);
        });
        Wire.writeList(out, questions, question -> question.write(out));
        Wire.writeList(out, lendings, lending -> {
            out.writeLong(lending.task());
            out.writeBoolean(lending.lent());
        });
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        number = in.readLong();
        outcomes = Wire.readList(in, () -> Outcome.read(in));
        printed = Wire.readList(in, () -> new Printed(in.readLong(), Outcome.News.read(in)));
        questions = Wire.readList(in, () -> CodeQuestion.read(in));
        lendings = Wire.readList(in, () -> new Lending(in.readLong(), in.readBoolean()));
    }
}
