package io.gridctl.node.pipeline;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.gridctl.node.task.GridObjects;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a stage of a pipeline says of itself, under a key of its own in the map {@link GridObjects#PIPELINE}. */
public final class PipelineReport implements PipelineTypes.Typed {
    private long done;
    private long total;
    private boolean last;
    private long items;
    private String seen = "";
    private @Nullable String failure;
    private @Nullable UUID blob;
    private long length;
    private @Nullable Object answer;
    private UUID client = new UUID(0, 0);

    PipelineReport() {}

    /** A stage that goes on. */
    static PipelineReport progress(long done, long total) {
        PipelineReport report = new PipelineReport();
        report.done = done;
        report.total = total;
        return report;
    }

    /** A stage that has read all that it was to read; what it saw must be the same on all engines. */
    static PipelineReport read(long total, String seen) {
        PipelineReport report = progress(total, total);
        report.seen = seen;
        return report;
    }

    /**
     * A stage that stores a part, or a client whose value waits for its name; as long as it says so, what it has stored is
     * not nobody's.
     *
     * @param blob the id of its pieces
     * @param length how many bytes they have
     * @return a report that is not the last one
     */
    public static PipelineReport storing(UUID blob, long length) {
        PipelineReport report = new PipelineReport();
        report.blob = blob;
        report.length = length;
        return report;
    }

    /** A stage that has stored a part. */
    static PipelineReport stored(long items, UUID blob, long length) {
        PipelineReport report = put(items);
        report.blob = blob;
        report.length = length;
        return report;
    }

    /** A stage that has put something elsewhere. */
    static PipelineReport put(long items) {
        PipelineReport report = new PipelineReport();
        report.items = items;
        report.last = true;
        return report;
    }

    /** A stage that has given the engine a call. */
    static PipelineReport answered(Object answer) {
        PipelineReport report = new PipelineReport();
        report.answer = answer;
        report.last = true;
        return report;
    }

    static PipelineReport failed(String why) {
        PipelineReport report = new PipelineReport();
        report.failure = why;
        return report;
    }

    /**
     * Says who waits for it.
     *
     * @param reader the client; when it has left the report is removed
     * @return this report
     */
    public PipelineReport forClient(UUID reader) {
        client = reader;
        return this;
    }

    /**
     * Where a stage's report is.
     *
     * @param pipeline the id of the order, or of the value that waits
     * @param engineId the engine
     * @param role the stage's role
     * @return a key
     */
    public static String key(UUID pipeline, int engineId, String role) {
        return pipeline + "/" + engineId + "/" + role;
    }

    /** {@return who waits for it} */
    public UUID client() {
        return client;
    }

    /** {@return how much was read: bytes, or partitions of a map} */
    public long done() {
        return done;
    }

    /** {@return how much is to be read, 0 if that is not known yet} */
    public long total() {
        return total;
    }

    /** {@return whether it is that of the last stage, which has done all that it was to do} */
    public boolean isLast() {
        return last;
    }

    /** {@return how many elements were stored} */
    public long items() {
        return items;
    }

    /** {@return the files that were there to be read} */
    public String seen() {
        return seen;
    }

    /** {@return why the stage failed, null if it did not} */
    public @Nullable String failure() {
        return failure;
    }

    /** {@return the id of the pieces that were stored, null if none were} */
    public @Nullable UUID blob() {
        return blob;
    }

    /** {@return how many bytes the pieces have} */
    public long length() {
        return length;
    }

    /** {@return what the engine answered to the call that it was given, null if it was given none} */
    public @Nullable Object answer() {
        return answer;
    }

    @Override
    public int getClassId() {
        return PipelineTypes.REPORT;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(done);
        out.writeLong(total);
        out.writeBoolean(last);
        out.writeLong(items);
        out.writeString(seen);
        out.writeString(failure);
        out.writeBoolean(blob != null);
        if (blob != null) {
            PipelineOrder.writeUuid(out, blob);
        }
        out.writeLong(length);
        out.writeObject(answer);
        PipelineOrder.writeUuid(out, client);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        done = in.readLong();
        total = in.readLong();
        last = in.readBoolean();
        items = in.readLong();
        seen = PipelineOrder.readText(in);
        failure = in.readString();
        blob = in.readBoolean() ? PipelineOrder.readUuid(in) : null;
        length = in.readLong();
        answer = in.readObject();
        client = PipelineOrder.readUuid(in);
    }
}
