package io.gridctl.node.payload;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The roads without an object graph: null, strings, boxed primitives and primitive arrays, each one bulk copy. */
@SuppressWarnings("ByteBufferBackingArray") // each buffer is one that this class has allocated
final class RawValues {
    /** Kind of a payload that {@link ObjectGraph} wrote. */
    static final byte GRAPH = 0;

    /** The same, of a {@link WithStatics}. */
    static final byte GRAPH_WITH_STATICS = 21;

    /** The same, with a {@link io.gridctl.Reference} somewhere in it. */
    static final byte GRAPH_WITH_REFERENCES = 22;

    private static final byte NULL = 1;
    private static final byte LATIN_STRING = 2;
    private static final byte WIDE_STRING = 3;
    private static final byte TRUE = 4;
    private static final byte FALSE = 5;
    private static final byte BYTE = 6;
    private static final byte CHAR = 7;
    private static final byte SHORT = 8;
    private static final byte INT = 9;
    private static final byte LONG = 10;
    private static final byte FLOAT = 11;
    private static final byte DOUBLE = 12;
    /** The kinds from here to 20 are arrays of booleans, bytes, chars, shorts, ints, longs, floats, doubles. */
    static final byte BOOLEANS = 13;

    private static final VarHandle INT_VIEW =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG_VIEW =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The longest array that the VMs give. */
    private static final long LONGEST = Integer.MAX_VALUE - 8L;

    private RawValues() {}

    /** Whether {@link ObjectGraph} wrote these bytes. */
    static boolean isGraph(byte[] bytes) {
        return bytes[0] == GRAPH || bytes[0] == GRAPH_WITH_STATICS || bytes[0] == GRAPH_WITH_REFERENCES;
    }

    static boolean isConstant(@Nullable Object value) {
        return value == null
                || value instanceof String
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Double
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Float
                || value instanceof Short
                || value instanceof Byte;
    }

    /** The bytes of {@code value}, or null if it needs the object graph. */
    static byte @Nullable [] encode(@Nullable Object value) {
        if (value == null) {
            return new byte[] {NULL};
        }
        if (value instanceof String string) {
            return string(string);
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof Boolean truth) {
            return new byte[] {truth ? TRUE : FALSE};
        }
        if (value instanceof Character character) {
            return buffer(CHAR, 1, Character.BYTES).putChar(character).array();
        }
        Class<?> element = value.getClass().getComponentType();
        return element != null && element.isPrimitive() ? array(value) : null;
    }

    private static byte @Nullable [] number(Number number) {
        // The commonest, millions of them in a map, without a buffer around the array.
        if (number instanceof Integer value) {
            byte[] bytes = new byte[1 + Integer.BYTES];
            bytes[0] = INT;
            INT_VIEW.set(bytes, 1, (int) value);
            return bytes;
        }
        if (number instanceof Long value) {
            return eight(LONG, value);
        }
        if (number instanceof Double value) {
            return eight(DOUBLE, Double.doubleToRawLongBits(value));
        }
        if (number instanceof Float value) {
            return buffer(FLOAT, 1, Float.BYTES).putFloat(value).array();
        }
        if (number instanceof Short value) {
            return buffer(SHORT, 1, Short.BYTES).putShort(value).array();
        }
        if (number instanceof Byte value) {
            return new byte[] {BYTE, value};
        }
        return null;
    }

    private static byte[] eight(byte kind, long bits) {
        byte[] bytes = new byte[1 + Long.BYTES];
        bytes[0] = kind;
        LONG_VIEW.set(bytes, 1, bits);
        return bytes;
    }

    /** A Java string may hold lone surrogates, which UTF-8 cannot carry; so its characters travel as they are. */
    private static byte[] string(String string) {
        int length = string.length();
        for (int i = 0; i < length; i++) {
            if (string.charAt(i) > 0xff) {
                ByteBuffer wide = buffer(WIDE_STRING, length, Character.BYTES);
                wide.asCharBuffer().put(string);
                return wide.array();
            }
        }
        return buffer(LATIN_STRING, length, 1)
                .put(string.getBytes(StandardCharsets.ISO_8859_1))
                .array();
    }

    private static byte[] array(Object array) {
        Class<?> component = array.getClass().getComponentType();
        int count = Array.getLength(array);
        ByteBuffer target = buffer(PrimitiveArrays.kind(component), count, PrimitiveArrays.width(component));
        PrimitiveArrays.put(target, array, 0, count);
        return target.array();
    }

    private static ByteBuffer buffer(byte kind, int length, int width) {
        long size = 1 + (long) length * width;
        if (size > LONGEST) {
            throw new TooLargeException();
        }
        return ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN).put(kind);
    }

    /** The value of bytes whose kind is not a graph. */
    static @Nullable Object decode(byte[] bytes) {
        switch (bytes[0]) {
            case INT -> {
                return (int) INT_VIEW.get(bytes, 1);
            }
            case LONG -> {
                return (long) LONG_VIEW.get(bytes, 1);
            }
            case DOUBLE -> {
                return Double.longBitsToDouble((long) LONG_VIEW.get(bytes, 1));
            }
            default -> {
                return decodeOther(bytes);
            }
        }
    }

    private static @Nullable Object decodeOther(byte[] bytes) {
        ByteBuffer source = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        byte kind = source.get();
        int size = source.remaining();
        Class<?> component = PrimitiveArrays.component(kind);
        if (component != null) {
            int count = size / PrimitiveArrays.width(component);
            Object values = Array.newInstance(component, count);
            PrimitiveArrays.get(source, values, 0, count);
            return values;
        }
        return switch (kind) {
            case NULL -> null;
            case LATIN_STRING -> new String(bytes, 1, size, StandardCharsets.ISO_8859_1);
            case WIDE_STRING -> source.asCharBuffer().toString();
            case TRUE -> true;
            case FALSE -> false;
            case BYTE -> source.get();
            case CHAR -> source.getChar();
            case SHORT -> source.getShort();
            case FLOAT -> source.getFloat();
            default ->
                throw new PayloadException("The value was written by another version of gridctl (kind " + kind + ").");
        };
    }

    /** A value whose bytes would not fit in one array. */
    static final class TooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
