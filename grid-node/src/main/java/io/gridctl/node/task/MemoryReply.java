package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.gridctl.GridMemory.ProgramClasses;
import io.gridctl.GridMemory.ProgramFunctions;
import io.gridctl.GridMemory.Results;
import java.io.IOException;
import java.util.List;

/** What an engine holds beside its names. */
public final class MemoryReply implements Wire.Typed {
    private long heapUsedBytes;
    private long heapMaxBytes;
    private List<ProgramClasses> classes = List.of();
    private List<ProgramFunctions> functions = List.of();
    private List<Results> results = List.of();

    MemoryReply() {}

    /**
     * An answer.
     *
     * @param heapUsedBytes heap in use
     * @param heapMaxBytes heap it may use
     * @param classes what programs have brought
     * @param functions what programs have brought and is kept for later calls
     * @param results outcomes kept for clients
     */
    public MemoryReply(
            long heapUsedBytes,
            long heapMaxBytes,
            List<ProgramClasses> classes,
            List<ProgramFunctions> functions,
            List<Results> results) {
        this.heapUsedBytes = heapUsedBytes;
        this.heapMaxBytes = heapMaxBytes;
        this.classes = classes;
        this.functions = functions;
        this.results = results;
    }

    /** {@return heap in use} */
    public long heapUsedBytes() {
        return heapUsedBytes;
    }

    /** {@return heap it may use} */
    public long heapMaxBytes() {
        return heapMaxBytes;
    }

    /** {@return what programs have brought} */
    public List<ProgramClasses> classes() {
        return classes;
    }

    /** {@return large functions that are kept for later calls} */
    public List<ProgramFunctions> functions() {
        return functions;
    }

    /** {@return outcomes kept for clients} */
    public List<Results> results() {
        return results;
    }

    @Override
    public int getClassId() {
        return WireTypes.MEMORY_REPLY;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(heapUsedBytes);
        out.writeLong(heapMaxBytes);
        Wire.writeList(out, classes, program -> {
            out.writeString(program.program());
            Wire.writeUuid(out, program.client());
            out.writeInt(program.classes());
            out.writeLong(program.bytes());
        });
        Wire.writeList(out, functions, program -> {
            out.writeString(program.program());
            Wire.writeUuid(out, program.client());
            out.writeInt(program.functions());
            out.writeLong(program.bytes());
        });
        Wire.writeList(out, results, kept -> {
            Wire.writeUuid(out, kept.client());
            out.writeInt(kept.results());
            out.writeLong(kept.bytes());
        });
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        heapUsedBytes = in.readLong();
        heapMaxBytes = in.readLong();
        classes = Wire.readList(
                in, () -> new ProgramClasses(Wire.readText(in), Wire.readUuid(in), in.readInt(), in.readLong()));
        functions = Wire.readList(
                in, () -> new ProgramFunctions(Wire.readText(in), Wire.readUuid(in), in.readInt(), in.readLong()));
        results = Wire.readList(in, () -> new Results(Wire.readUuid(in), in.readInt(), in.readLong()));
    }
}
