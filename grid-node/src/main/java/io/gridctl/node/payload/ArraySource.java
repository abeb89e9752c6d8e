package io.gridctl.node.payload;

import io.gridctl.node.task.LargeValues;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that {@link PayloadCodec} would make of some elements of a primitive array, made piece by piece: they are
 * never there all at once. The array must not change meanwhile.
 */
public final class ArraySource implements LargeValues.Source {
    private final Object array;
    private final Class<?> component;
    private final int offset;
    private final int stride;
    private final int count;
    private final int width;

    /**
     * Some elements of an array.
     *
     * @param array an array of a primitive type, not copied
     * @param offset the first element's index
     * @param stride from one to the next
     * @param count how many elements
     */
    public ArraySource(Object array, int offset, int stride, int count) {
        this.array = array;
        this.offset = offset;
        this.stride = stride;
        this.count = count;
        component = array.getClass().getComponentType();
        width = PrimitiveArrays.width(component);
    }

    /**
     * All elements of an array.
     *
     * @param array an array of a primitive type, not copied
     * @return its bytes
     */
    public static ArraySource of(Object array) {
        return new ArraySource(array, 0, 1, Array.getLength(array));
    }

    /**
     * Whether a value can be had piece by piece.
     *
     * @param value any value
     * @return whether it is an array of a primitive type
     */
    public static boolean fits(@Nullable Object value) {
        return value != null
                && value.getClass().isArray()
                && value.getClass().getComponentType().isPrimitive();
    }

    @Override
    public long length() {
        return 1 + (long) count * width;
    }

    @Override
    public void fill(long from, ByteBuffer into) {
        into.order(ByteOrder.LITTLE_ENDIAN);
        if (from == 0) {
            into.put(PrimitiveArrays.kind(component));
        }
        long dataFrom = Math.max(0, from - 1);
        int element = (int) (dataFrom / width);
        int torn = (int) (dataFrom % width);
        if (torn > 0) {
            putTorn(element++, torn, into);
        }
        int whole = into.remaining() / width;
        if (whole > 0) {
            put(element, whole, into);
        }
        if (into.hasRemaining()) {
            putTorn(element + whole, 0, into);
        }
    }

    @SuppressWarnings("SuspiciousSystemArraycopy") // it has the array's own type
    private void put(int element, int elements, ByteBuffer into) {
        if (stride == 1) {
            PrimitiveArrays.put(into, array, offset + element, elements);
            return;
        }
        Object some = Array.newInstance(component, elements);
        for (int i = 0; i < elements; i++) {
            System.arraycopy(array, offset + (element + i) * stride, some, i, 1);
        }
        PrimitiveArrays.put(into, some, 0, elements);
    }

    /** An element that lies across a border, or the part of it for which there is room. */
    private void putTorn(int element, int fromByte, ByteBuffer into) {
        ByteBuffer one = ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        PrimitiveArrays.put(one, array, offset + element * stride, 1);
        one.limit(Math.min(width, fromByte + into.remaining())).position(fromByte);
        into.put(one);
    }
}
