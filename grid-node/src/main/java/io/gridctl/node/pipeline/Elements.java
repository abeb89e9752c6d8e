package io.gridctl.node.pipeline;

import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/** Elements of arrays of any type, read and written at their own type: reflection takes ten times as long. */
final class Elements {
    private Elements() {}

    static @Nullable Object get(Object array, int index) {
        if (array instanceof double[] values) {
            return values[index];
        }
        if (array instanceof int[] values) {
            return values[index];
        }
        if (array instanceof long[] values) {
            return values[index];
        }
        if (array instanceof float[] values) {
            return values[index];
        }
        if (array instanceof byte[] values) {
            return values[index];
        }
        if (array instanceof short[] values) {
            return values[index];
        }
        if (array instanceof char[] values) {
            return values[index];
        }
        if (array instanceof boolean[] values) {
            return values[index];
        }
        return ((Object[]) array)[index];
    }

    /** Whether the array is of the primitive type of this value, and has it now. */
    static boolean put(Object array, int index, @Nullable Object value) {
        if (array instanceof double[] values && value instanceof Double number) {
            values[index] = number;
        } else if (array instanceof int[] values && value instanceof Integer number) {
            values[index] = number;
        } else if (array instanceof long[] values && value instanceof Long number) {
            values[index] = number;
        } else if (array instanceof float[] values && value instanceof Float number) {
            values[index] = number;
        } else if (array instanceof byte[] values && value instanceof Byte number) {
            values[index] = number;
        } else if (array instanceof short[] values && value instanceof Short number) {
            values[index] = number;
        } else if (array instanceof char[] values && value instanceof Character character) {
            values[index] = character;
        } else if (array instanceof boolean[] values && value instanceof Boolean truth) {
            values[index] = truth;
        } else {
            return false;
        }
        return true;
    }

    /**
     * Puts a value into an array of any type.
     *
     * @throws IllegalArgumentException if it does not fit
     */
    static void set(Object array, int index, @Nullable Object value) {
        if (!put(array, index, value)) {
            Array.set(array, index, value);
        }
    }
}
