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

    /** Elements that lie across a border are made twice. */
    @Override
    @SuppressWarnings({"ByteBufferBackingArray", "SuspiciousSystemArraycopy"})
    public byte[] piece(long from, int size) {
        long dataFrom = Math.max(0, from - 1);
        long dataTo = from + size - 1;
        int first = (int) (dataFrom / width);
        int end = (int) ((dataTo + width - 1) / width);
        int head = from == 0 ? 1 : 0;
        ByteBuffer bytes = ByteBuffer.allocate(head + (end - first) * width).order(ByteOrder.LITTLE_ENDIAN);
        if (head == 1) {
            bytes.put(PrimitiveArrays.kind(component));
        }
        if (stride == 1) {
            PrimitiveArrays.put(bytes, array, offset + first, end - first);
        } else {
            Object some = Array.newInstance(component, end - first);
            for (int i = first; i < end; i++) {
                System.arraycopy(array, offset + i * stride, some, i - first, 1);
            }
            PrimitiveArrays.put(bytes, some, 0, end - first);
        }
        int before = (int) (dataFrom - (long) first * width);
        if (before == 0 && bytes.capacity() == size) {
            return bytes.array();
        }
        byte[] piece = new byte[size];
        System.arraycopy(bytes.array(), before, piece, 0, size);
        return piece;
    }
}
