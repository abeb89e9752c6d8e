package io.gridctl.node.payload;

import io.gridctl.node.task.LargeValues;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Takes the pieces of a large value: those of a primitive array become elements at once, others are put together. */
public final class ValueSink implements LargeValues.Sink {
    private final long length;
    /** Null before the first piece, then a primitive array, be it of the bytes themselves. */
    private @Nullable Object whole;

    private boolean elements;
    private int width;
    /** How many elements, or bytes, there are. */
    private int taken;
    /** The beginning of an element that lies across a border. */
    private final ByteBuffer torn = ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /**
     * Takes a value.
     *
     * @param length how many bytes it is
     */
    public ValueSink(long length) {
        this.length = length;
    }

    /** What has come of the bytes. */
    public record Taken(Object value, boolean isElements) {
        /** {@return the same elements in an array of their own} */
        @SuppressWarnings("SuspiciousSystemArraycopy")
        public Taken copy() {
            int count = Array.getLength(value);
            Object copy = Array.newInstance(value.getClass().getComponentType(), count);
            System.arraycopy(value, 0, copy, 0, count);
            return new Taken(copy, isElements);
        }

        /** {@return the bytes, for {@link PayloadCodec#decode}, unless it has elements already} */
        public byte[] bytes() {
            return (byte[]) value;
        }
    }

    /**
     * What there is once all pieces have come.
     *
     * @return the array that the value is, or the bytes of another value
     */
    public Taken taken() {
        if (whole == null) {
            throw new IllegalStateException("a large value has at least one piece");
        }
        return new Taken(whole, elements);
    }

    @Override
    public void take(byte[] piece) {
        if (whole == null) {
            begin(piece[0]);
        }
        if (elements) {
            takeElements(piece);
        } else {
            System.arraycopy(piece, 0, whole, taken, piece.length);
            taken += piece.length;
        }
    }

    private void begin(byte kind) {
        Class<?> component = PrimitiveArrays.component(kind);
        if (component == null) {
            whole = new byte[Math.toIntExact(length)];
            return;
        }
        elements = true;
        width = PrimitiveArrays.width(component);
        whole = Array.newInstance(component, Math.toIntExact((length - 1) / width));
        taken = -1;
    }

    private void takeElements(byte[] piece) {
        Object array = whole;
        ByteBuffer source = ByteBuffer.wrap(piece).order(ByteOrder.LITTLE_ENDIAN);
        if (taken < 0) {
            source.get();
            taken = 0;
        }
        if (torn.position() > 0) {
            while (torn.position() < width && source.hasRemaining()) {
                torn.put(source.get());
            }
            if (torn.position() < width) {
                return;
            }
            torn.flip();
            PrimitiveArrays.get(torn, array, taken++, 1);
            torn.clear();
        }
        int count = source.remaining() / width;
        PrimitiveArrays.get(source, array, taken, count);
        taken += count;
        torn.put(source);
    }
}
