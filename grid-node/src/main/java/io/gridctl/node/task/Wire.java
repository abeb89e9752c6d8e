package io.gridctl.node.task;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reading and writing the parts that several wire types share. */
final class Wire {
    private Wire() {}

    /** Writes one element. */
    interface Writer<T> {
        void write(T element) throws IOException;
    }

    /** Reads one element. */
    interface Reader<T> {
        T read() throws IOException;
    }

    static <T> void writeList(ObjectDataOutput out, List<T> list, Writer<T> writer) throws IOException {
        out.writeInt(list.size());
        for (T element : list) {
            writer.write(element);
        }
    }

    static <T> List<T> readList(ObjectDataInput in, Reader<T> reader) throws IOException {
        int size = in.readInt();
        List<T> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(reader.read());
        }
        return list;
    }

    static void writeUuid(ObjectDataOutput out, UUID id) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    static UUID readUuid(ObjectDataInput in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }

    static String readText(ObjectDataInput in) throws IOException {
        return required(in.readString());
    }

    static byte[] readBytes(ObjectDataInput in) throws IOException {
        return required(in.readByteArray());
    }

    static long[] readLongs(ObjectDataInput in) throws IOException {
        return required(in.readLongArray());
    }

    static float[] readFloats(ObjectDataInput in) throws IOException {
        return required(in.readFloatArray());
    }

    static Set<String> readTexts(ObjectDataInput in) throws IOException {
        String[] texts = in.readStringArray();
        return texts == null ? Set.of() : Set.copyOf(Arrays.asList(texts));
    }

    private static <T> T required(@Nullable T part) throws IOException {
        if (part == null) {
            throw new IOException("a part of a message is missing");
        }
        return part;
    }

    /** A type of the grid's factory. */
    interface Typed extends IdentifiedDataSerializable {
        @Override
        default int getFactoryId() {
            return WireTypes.FACTORY_ID;
        }
    }
}
