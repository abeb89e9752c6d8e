package io.gridctl.node.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Objects;

/**
 * Buffers on the heap: all that is in them, position, limit, whether they may be written to, and the order of bytes. A
 * mark is lost, and two buffers over one array arrive as two with an array each.
 */
final class BufferSerializer extends Serializer<Buffer> {
    @Override
    public void write(Kryo kryo, Output output, Buffer buffer) {
        if (buffer.isDirect()) {
            throw new RefusedException(
                    buffer.getClass(),
                    "A direct buffer is memory of this process; copy it to an array or to a buffer on the heap.");
        }
        byte[] content = Objects.requireNonNull(
                RawValues.encode(content(buffer.duplicate().clear())));
        output.writeVarInt(content.length, true);
        output.writeBytes(content);
        output.writeVarInt(buffer.position(), true);
        output.writeVarInt(buffer.limit(), true);
        output.writeBoolean(buffer.isReadOnly());
        output.writeBoolean(buffer instanceof ByteBuffer bytes && bytes.order() == ByteOrder.LITTLE_ENDIAN);
    }

    private static Object content(Buffer buffer) {
        int size = buffer.capacity();
        if (buffer instanceof ByteBuffer source) {
            byte[] content = new byte[size];
            source.get(content);
            return content;
        }
        if (buffer instanceof CharBuffer source) {
            char[] content = new char[size];
            source.get(content);
            return content;
        }
        if (buffer instanceof ShortBuffer source) {
            short[] content = new short[size];
            source.get(content);
            return content;
        }
        if (buffer instanceof IntBuffer source) {
            int[] content = new int[size];
            source.get(content);
            return content;
        }
        if (buffer instanceof LongBuffer source) {
            long[] content = new long[size];
            source.get(content);
            return content;
        }
        if (buffer instanceof FloatBuffer source) {
            float[] content = new float[size];
            source.get(content);
            return content;
        }
        double[] content = new double[size];
        ((DoubleBuffer) buffer).get(content);
        return content;
    }

    @Override
    public Buffer read(Kryo kryo, Input input, Class<? extends Buffer> type) {
        Object content = Objects.requireNonNull(RawValues.decode(input.readBytes(input.readVarInt(true))));
        int position = input.readVarInt(true);
        int limit = input.readVarInt(true);
        boolean readOnly = input.readBoolean();
        boolean littleEndian = input.readBoolean();
        Buffer buffer = wrap(content, readOnly);
        if (buffer instanceof ByteBuffer bytes) {
            bytes.order(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        }
        return buffer.limit(limit).position(position);
    }

    private static Buffer wrap(Object content, boolean readOnly) {
        if (content instanceof byte[] array) {
            ByteBuffer buffer = ByteBuffer.wrap(array);
            return readOnly ? buffer.asReadOnlyBuffer() : buffer;
        }
        if (content instanceof char[] array) {
            CharBuffer buffer = CharBuffer.wrap(array);
            return readOnly ? buffer.asReadOnlyBuffer() : buffer;
        }
        if (content instanceof short[] array) {
            ShortBuffer buffer = ShortBuffer.wrap(array);
            return readOnly ? buffer.asReadOnlyBuffer() : buffer;
        }
        if (content instanceof int[] array) {
            IntBuffer buffer = IntBuffer.wrap(array);
            return readOnly ? buffer.asReadOnlyBuffer() : buffer;
        }
        if (content instanceof long[] array) {
            LongBuffer buffer = LongBuffer.wrap(array);
            return readOnly ? buffer.asReadOnlyBuffer() : buffer;
        }
        if (content instanceof float[] array) {
            FloatBuffer buffer = FloatBuffer.wrap(array);
            return readOnly ? buffer.asReadOnlyBuffer() : buffer;
        }
        DoubleBuffer buffer = DoubleBuffer.wrap((double[]) content);
        return readOnly ? buffer.asReadOnlyBuffer() : buffer;
    }
}
