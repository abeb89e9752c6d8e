package io.gridctl.node.pipeline;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.gridctl.Source;
import io.gridctl.node.task.FrameCall;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a pipeline is to do, and which engine does what. */
public final class PipelineOrder implements PipelineTypes.Typed {
    private UUID id = new UUID(0, 0);
    private UUID client = new UUID(0, 0);
    private Source source = Source.map("none");
    private String name = "";
    private List<Share> shares = List.of();

    /**
     * What one engine does.
     *
     * @param engineId the engine
     * @param member its member
     * @param index which of those that read the same files it is
     * @param count how many read the same files
     * @param parts the engines whose parts it reads, where parts are read: itself, and engines that are gone
     * @param work the frame whose function works on slices, without tasks, or whose tasks are to be called; null if there is
     *     no such work
     */
    public record Share(
            int engineId,
            UUID member,
            int index,
            int count,
            List<Integer> parts,
            @Nullable FrameCall work) {}

    PipelineOrder() {}

    /**
     * An order.
     *
     * @param client who waits for it
     * @param source what to read; where parts are read, the map to put their entries into
     * @param name the name of the parts
     * @param shares what each engine does
     */
    public PipelineOrder(UUID client, Source source, String name, List<Share> shares) {
        id = UUID.randomUUID();
        this.client = client;
        this.source = source;
        this.name = name;
        this.shares = List.copyOf(shares);
    }

    /**
     * An order to call functions, for which nothing is read.
     *
     * @param client who waits for it
     * @param shares what each engine is to call: a frame
     */
    public PipelineOrder(UUID client, List<Share> shares) {
        this(client, Source.map("none"), "", shares);
    }

    /** {@return the same to be done once more, with an id and reports of its own} */
    public PipelineOrder again() {
        return new PipelineOrder(client, source, name, shares);
    }

    /** {@return a random id} */
    public UUID id() {
        return id;
    }

    UUID client() {
        return client;
    }

    Source source() {
        return source;
    }

    String name() {
        return name;
    }

    /** {@return what each engine does} */
    public List<Share> shares() {
        return shares;
    }

    /**
     * Where the reports on one engine's share are.
     *
     * @param share one of the shares
     * @return keys of the map of reports, of all stages there may be
     */
    public Set<String> reports(Share share) {
        Set<String> keys = new HashSet<>();
        for (Stage.Role role : Stage.Role.values()) {
            keys.add(PipelineReport.key(id, share.engineId(), role.name()));
        }
        return keys;
    }

    boolean worksOnSlots() {
        return shares.stream().anyMatch(share -> share.work() != null);
    }

    /** The same as one engine has to know it. */
    PipelineOrder only(List<Share> some) {
        PipelineOrder part = new PipelineOrder(client, source, name, some);
        part.id = id;
        return part;
    }

    Optional<Share> share(UUID member) {
        return shares.stream().filter(share -> share.member().equals(member)).findFirst();
    }

    @Override
    public int getClassId() {
        return PipelineTypes.ORDER;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        writeUuid(out, id);
        writeUuid(out, client);
        writeSource(out);
        out.writeString(name);
        out.writeInt(shares.size());
        for (Share share : shares) {
            out.writeInt(share.engineId());
            writeUuid(out, share.member());
            out.writeInt(share.index());
            out.writeInt(share.count());
            out.writeIntArray(share.parts().stream().mapToInt(Integer::intValue).toArray());
            out.writeObject(share.work());
        }
    }

    private void writeSource(ObjectDataOutput out) throws IOException {
        if (source instanceof Source.MapEntries map) {
            out.writeBoolean(false);
            out.writeString(map.name());
            return;
        }
        Source.Files files = (Source.Files) source;
        out.writeBoolean(true);
        out.writeByte(files.format().ordinal());
        out.writeString(files.path());
        out.writeBoolean(files.ownOfEachHost());
        out.writeString(files.charset().name());
        out.writeChar(files.separator());
        out.writeBoolean(files.header());
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        id = readUuid(in);
        client = readUuid(in);
        source = readSource(in);
        name = readText(in);
        int count = in.readInt();
        List<Share> read = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int engineId = in.readInt();
            UUID member = readUuid(in);
            int index = in.readInt();
            int of = in.readInt();
            List<Integer> parts = new ArrayList<>();
            for (int part : Objects.requireNonNull(in.readIntArray())) {
                parts.add(part);
            }
            read.add(new Share(engineId, member, index, of, parts, in.readObject()));
        }
        shares = read;
    }

    private static Source readSource(ObjectDataInput in) throws IOException {
        if (!in.readBoolean()) {
            return Source.map(readText(in));
        }
        // What the rows become is in the function that works on them.
        return new Source.Files(
                Source.Files.Format.values()[in.readByte()],
                readText(in),
                in.readBoolean(),
                Charset.forName(readText(in)),
                in.readChar(),
                in.readBoolean(),
                Optional.empty());
    }

    static void writeUuid(ObjectDataOutput out, UUID uuid) throws IOException {
        out.writeLong(uuid.getMostSignificantBits());
        out.writeLong(uuid.getLeastSignificantBits());
    }

    static UUID readUuid(ObjectDataInput in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }

    static String readText(ObjectDataInput in) throws IOException {
        return Objects.requireNonNull(in.readString());
    }
}
