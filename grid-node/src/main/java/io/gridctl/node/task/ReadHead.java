package io.gridctl.node.task;

import com.hazelcast.core.ReadOnly;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the first bytes of an entry where it lies, and how long the whole is. */
public final class ReadHead
        implements EntryProcessor<String, byte @Nullable [], ReadHead.@Nullable Head>, ReadOnly, Wire.Typed {
    private int length;

    /** The beginning of an entry. */
    public static final class Head implements Wire.Typed {
        private byte[] bytes = {};
        private int whole;

        Head() {}

        Head(byte[] bytes, int whole) {
            this.bytes = bytes;
            this.whole = whole;
        }

        /** {@return the first bytes} */
        public byte[] bytes() {
            return bytes;
        }

        /** {@return how many bytes the whole entry has} */
        public int whole() {
            return whole;
        }

        @Override
        public int getClassId() {
            return WireTypes.HEAD;
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            out.writeByteArray(bytes);
            out.writeInt(whole);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            bytes = Wire.readBytes(in);
            whole = in.readInt();
        }
    }

    ReadHead() {}

    /**
     * A reader.
     *
     * @param length how many bytes to read at most
     */
    public ReadHead(int length) {
        this.length = length;
    }

    @Override
    public @Nullable Head process(Map.Entry<String, byte @Nullable []> entry) {
        byte[] bytes = entry.getValue();
        return bytes == null ? null : new Head(Arrays.copyOf(bytes, Math.min(length, bytes.length)), bytes.length);
    }

    @Override
    public int getClassId() {
        return WireTypes.READ_HEAD;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeInt(length);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        length = in.readInt();
    }
}
