package io.gridctl.node.payload;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Elements of primitive arrays as bytes, many at once. */
final class PrimitiveArrays {
    private static final List<Class<?>> COMPONENTS = List.of(
            boolean.class, byte.class, char.class, short.class, int.class, long.class, float.class, double.class);

    private PrimitiveArrays() {}

    /** The kind of a raw array of this type, {@link RawValues#BOOLEANS} and those after it. */
    static byte kind(Class<?> component) {
        return (byte) (RawValues.BOOLEANS + COMPONENTS.indexOf(component));
    }

    /** The type of the elements, null if a payload of this kind is no array. */
    static @Nullable Class<?> component(byte kind) {
        int at = kind - RawValues.BOOLEANS;
        return at < 0 || at >= COMPONENTS.size() ? null : COMPONENTS.get(at);
    }

    /** How many bytes an element is. */
    static int width(Class<?> component) {
        return switch (COMPONENTS.indexOf(component)) {
            case 0, 1 -> 1;
            case 2, 3 -> 2;
            case 4, 6 -> 4;
            default -> 8;
        };
    }

    /** Puts elements at a buffer's position, and leaves the position after them. */
    static void put(ByteBuffer target, Object array, int from, int count) {
        if (array instanceof double[] values) {
            target.asDoubleBuffer().put(values, from, count);
        } else if (array instanceof int[] values) {
            target.asIntBuffer().put(values, from, count);
        } else if (array instanceof long[] values) {
            target.asLongBuffer().put(values, from, count);
        } else if (array instanceof float[] values) {
            target.asFloatBuffer().put(values, from, count);
        } else if (array instanceof short[] values) {
            target.asShortBuffer().put(values, from, count);
        } else if (array instanceof char[] values) {
            target.asCharBuffer().put(values, from, count);
        } else if (array instanceof byte[] values) {
            target.duplicate().put(values, from, count);
        } else {
            boolean[] values = (boolean[]) array;
            for (int i = 0; i < count; i++) {
                target.put(target.position() + i, (byte) (values[from + i] ? 1 : 0));
            }
        }
        target.position(target.position() + count * width(array.getClass().getComponentType()));
    }

    /** Takes elements from a buffer's position, and leaves the position after them. */
    static void get(ByteBuffer source, Object array, int to, int count) {
        if (array instanceof double[] values) {
            source.asDoubleBuffer().get(values, to, count);
        } else if (array instanceof int[] values) {
            source.asIntBuffer().get(values, to, count);
        } else if (array instanceof long[] values) {
            source.asLongBuffer().get(values, to, count);
        } else if (array instanceof float[] values) {
            source.asFloatBuffer().get(values, to, count);
        } else if (array instanceof short[] values) {
            source.asShortBuffer().get(values, to, count);
        } else if (array instanceof char[] values) {
            source.asCharBuffer().get(values, to, count);
        } else if (array instanceof byte[] values) {
            source.duplicate().get(values, to, count);
        } else {
            boolean[] values = (boolean[]) array;
            for (int i = 0; i < count; i++) {
                values[to + i] = source.get(source.position() + i) != 0;
            }
        }
        source.position(source.position() + count * width(array.getClass().getComponentType()));
    }
}
