package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.gridctl.EngineInfo;
import io.gridctl.EngineState;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;

/** Who fills an engine id, as {@code grid.engines} holds it. */
public final class EngineRecord implements Wire.Typed {
    private EngineInfo info = new EngineInfo(0, 0, EngineState.STARTING, "", 0, 1, Set.of());
    private UUID member = new UUID(0, 0);

    EngineRecord() {}

    /**
     * A record.
     *
     * @param info who the engine is
     * @param member its member in Hazelcast
     */
    public EngineRecord(EngineInfo info, UUID member) {
        this.info = info;
        this.member = member;
    }

    /** {@return who the engine is} */
    public EngineInfo info() {
        return info;
    }

    /** {@return its member in Hazelcast} */
    public UUID member() {
        return member;
    }

    @Override
    public int getClassId() {
        return WireTypes.ENGINE_RECORD;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeInt(info.id());
        out.writeInt(info.incarnation());
        out.writeByte(info.state().ordinal());
        out.writeString(info.host());
        out.writeLong(info.pid());
        out.writeInt(info.slots());
        out.writeStringArray(info.tags().toArray(String[]::new));
        Wire.writeUuid(out, member);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        info = new EngineInfo(
                in.readInt(),
                in.readInt(),
                EngineState.values()[in.readByte()],
                Wire.readText(in),
                in.readLong(),
                in.readInt(),
                Wire.readTexts(in));
        member = Wire.readUuid(in);
    }

    /** Value equality, which Hazelcast's compare-and-set does on bytes and readers expect of a record. */
    @Override
    public boolean equals(Object other) {
        return other instanceof EngineRecord that && that.info.equals(info) && that.member.equals(member);
    }

    @Override
    public int hashCode() {
        return info.hashCode();
    }
}
