package io.gridctl.node.payload;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Many values in one array of bytes. Neighbours of one type are a run: it has a heading, and of numbers and the like
 * nothing but their bits follows. Values that need the codec are there as it wrote them.
 */
public final class ItemBlock {
    /** Stands where an item has no value. */
    public static final Object NOTHING = new Object();

    private static final byte NONE = 0;
    private static final byte NULL = 1;
    private static final byte ENCODED = 2;
    private static final byte LATIN_STRING = 3;
    private static final byte WIDE_STRING = 4;
    private static final byte BOOLEAN = 5;
    private static final byte BYTE = 6;
    private static final byte CHAR = 7;
    private static final byte SHORT = 8;
    private static final byte INT = 9;
    private static final byte LONG = 10;
    private static final byte FLOAT = 11;
    private static final byte DOUBLE = 12;
    /** Records of one class: one of them as the codec wrote it, and a block of each component's values. */
    private static final byte RECORD = 13;

    private static final int FIRST_COLUMN = 64;

    /** The kind of a run, and how many values it has. */
    private static final int HEADING = 1 + Integer.BYTES;

    private static final VarHandle CHARS = MethodHandles.byteArrayViewVarHandle(char[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private ItemBlock() {}

    /** A record's components; who has its class puts it together. */
    public static final class Row {
        private final Run run;
        private final @Nullable Object[] parts;

        private Row(Run run, @Nullable Object[] parts) {
            this.run = run;
            this.parts = parts;
        }

        /**
         * Puts the record together.
         *
         * @param codec reads what the codec wrote, and so finds the class
         * @return the record
         */
        public Object make(Function<byte[], @Nullable Object> codec) {
            if (run.shape == null) {
                Object example = Objects.requireNonNull(codec.apply(run.example));
                run.shape = FlatRecord.of(example.getClass()).orElseThrow();
            }
            return run.shape.make(parts);
        }
    }

    /** What the rows of a run share. */
    private static final class Run {
        final byte[] example;
        final Reader[] columns;

        @Nullable
        FlatRecord shape;

        Run(byte[] example, Reader[] columns) {
            this.example = example;
            this.columns = columns;
        }

        Row next() {
            @Nullable Object[] parts = new Object[columns.length];
            for (int i = 0; i < parts.length; i++) {
                parts[i] = columns[i].next();
            }
            return new Row(this, parts);
        }
    }

    /** Puts values one behind the other. Confined to one thread, or guarded by its owner. */
    public static final class Writer {
        private byte[] bytes;
        private int length;
        private int heading;
        private byte kind = -1;
        private int count;
        /** Of a run of records. */
        private @Nullable Class<?> type;

        private Writer[] columns = {};

        /**
         * A block without values.
         *
         * @param capacity how many bytes of values it may hold, of one type, before it has to grow
         */
        public Writer(int capacity) {
            bytes = new byte[capacity + HEADING];
        }

        /**
         * Adds a value.
         *
         * @param constant null, a string, or a boxed primitive
         */
        public void add(@Nullable Object constant) {
            if (constant instanceof Integer value) {
                addInt(INT, value);
            } else if (constant instanceof Long value) {
                addLong(LONG, value);
            } else if (constant instanceof Double value) {
                addLong(DOUBLE, Double.doubleToRawLongBits(value));
            } else if (constant instanceof String value) {
                addText(value);
            } else {
                addOther(constant);
            }
        }

        private void addOther(@Nullable Object constant) {
            if (constant == null) {
                place(NULL, 0);
            } else if (constant instanceof Boolean value) {
                addByte(BOOLEAN, (byte) (value ? 1 : 0));
            } else if (constant instanceof Float value) {
                addInt(FLOAT, Float.floatToRawIntBits(value));
            } else if (constant instanceof Character value) {
                addChar(CHAR, value);
            } else if (constant instanceof Short value) {
                addChar(SHORT, (char) (short) value);
            } else if (constant instanceof Byte value) {
                addByte(BYTE, value);
            } else {
                throw new IllegalArgumentException(
                        "constant: " + constant.getClass().getName() + " needs the codec");
            }
        }

        private void addByte(byte next, byte value) {
            int at = place(next, 1);
            bytes[at] = value;
        }

        private void addChar(byte next, char bits) {
            int at = place(next, Character.BYTES);
            CHARS.set(bytes, at, bits);
        }

        private void addInt(byte next, int bits) {
            int at = place(next, Integer.BYTES);
            INTS.set(bytes, at, bits);
        }

        private void addLong(byte next, long bits) {
            int at = place(next, Long.BYTES);
            LONGS.set(bytes, at, bits);
        }

        /** A Java string may hold lone surrogates, which UTF-8 cannot carry; so its characters travel as they are. */
        private void addText(String text) {
            int size = text.length();
            for (int i = 0; i < size; i++) {
                if (text.charAt(i) > 0xff) {
                    addWide(text);
                    return;
                }
            }
            addSized(LATIN_STRING, text.getBytes(StandardCharsets.ISO_8859_1));
        }

        private void addWide(String text) {
            int size = text.length();
            int at = placeSized(WIDE_STRING, size, Math.multiplyExact(size, Character.BYTES));
            for (int i = 0; i < size; i++) {
                CHARS.set(bytes, at + i * Character.BYTES, text.charAt(i));
            }
        }

        /**
         * Adds a value that the codec has written.
         *
         * @param payload its bytes
         */
        public void addEncoded(byte[] payload) {
            addSized(ENCODED, payload);
        }

        private void addSized(byte next, byte[] value) {
            int at = placeSized(next, value.length, value.length);
            System.arraycopy(value, 0, bytes, at, value.length);
        }

        /**
         * Adds a record.
         *
         * @param of its class
         * @param parts its components, all of them constants
         * @param example a record of its class as the codec writes it
         */
        public void addRecord(Class<?> of, @Nullable Object[] parts, byte[] example) {
            if (kind != RECORD || type != of) {
                closeRun();
                int at = placeSized(RECORD, example.length, example.length);
                System.arraycopy(example, 0, bytes, at, example.length);
                count = 0;
                type = of;
                columns = new Writer[parts.length];
                Arrays.setAll(columns, column -> new Writer(FIRST_COLUMN));
            }
            for (int i = 0; i < parts.length; i++) {
                columns[i].add(parts[i]);
            }
            count++;
        }

        /** Adds the word that there is no value. */
        public void addNothing() {
            place(NONE, 0);
        }

        /** Where the value's bytes go, so many; its size stands before them. */
        private int placeSized(byte next, int size, int width) {
            int at = place(next, Math.addExact(Integer.BYTES, width));
            INTS.set(bytes, at, size);
            return at + Integer.BYTES;
        }

        /** Where so many bytes of the next value go. */
        private int place(byte next, int width) {
            if (next != kind) {
                closeRun();
                ensure(HEADING);
                bytes[length] = next;
                heading = length;
                kind = next;
                length += HEADING;
            }
            ensure(width);
            count++;
            int at = length;
            length += width;
            return at;
        }

        private void closeRun() {
            if (kind == RECORD) {
                closeRecords();
            }
            if (count > 0) {
                INTS.set(bytes, heading + 1, count);
            }
            count = 0;
            kind = -1;
        }

        private void closeRecords() {
            ensure(Integer.BYTES);
            INTS.set(bytes, length, columns.length);
            length += Integer.BYTES;
            for (Writer column : columns) {
                byte[] values = column.toBytes();
                ensure(Math.addExact(Integer.BYTES, values.length));
                INTS.set(bytes, length, values.length);
                System.arraycopy(values, 0, bytes, length + Integer.BYTES, values.length);
                length += Integer.BYTES + values.length;
            }
            type = null;
            columns = new Writer[0];
        }

        private void ensure(int more) {
            int needed = Math.addExact(length, more);
            if (needed > bytes.length) {
                bytes = Arrays.copyOf(bytes, (int)
                        Math.max(needed, Math.min(2L * bytes.length, Integer.MAX_VALUE - 8)));
            }
        }

        /** {@return about how many bytes there are} */
        public int length() {
            return length;
        }

        /** {@return the block} */
        public byte[] toBytes() {
            closeRun();
            return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        }
    }

    /** Takes the values one after the other. Confined to one thread, or guarded by its owner. */
    public static final class Reader {
        private final byte[] bytes;
        private int at;
        private byte kind;
        private int left;
        private @Nullable Run run;

        /**
         * A reader before the first value.
         *
         * @param bytes a block, which nobody changes
         */
        public Reader(byte[] bytes) {
            this(bytes, 0);
        }

        private Reader(byte[] bytes, int at) {
            this.bytes = bytes;
            this.at = at;
        }

        /** {@return the next value; a {@code byte[]} for the codec to read; a {@link Row}; or {@link #NOTHING}} */
        public @Nullable Object next() {
            if (left == 0) {
                kind = bytes[at];
                left = (int) INTS.get(bytes, at + 1);
                at += HEADING;
                run = kind == RECORD ? beginRecords() : null;
            }
            left--;
            switch (kind) {
                case INT -> {
                    return (int) INTS.get(bytes, pass(Integer.BYTES));
                }
                case LONG -> {
                    return (long) LONGS.get(bytes, pass(Long.BYTES));
                }
                case DOUBLE -> {
                    return Double.longBitsToDouble((long) LONGS.get(bytes, pass(Double.BYTES)));
                }
                default -> {
                    return other();
                }
            }
        }

        private Run beginRecords() {
            int size = (int) INTS.get(bytes, pass(Integer.BYTES));
            int from = pass(size);
            byte[] example = Arrays.copyOfRange(bytes, from, from + size);
            Reader[] columns = new Reader[(int) INTS.get(bytes, pass(Integer.BYTES))];
            for (int i = 0; i < columns.length; i++) {
                int length = (int) INTS.get(bytes, pass(Integer.BYTES));
                columns[i] = new Reader(bytes, pass(length));
            }
            return new Run(example, columns);
        }

        private @Nullable Object other() {
            if (run != null) {
                return run.next();
            }
            switch (kind) {
                case NONE -> {
                    return NOTHING;
                }
                case NULL -> {
                    return null;
                }
                case BOOLEAN -> {
                    return bytes[pass(1)] != 0;
                }
                case BYTE -> {
                    return bytes[pass(1)];
                }
                case CHAR -> {
                    return (char) CHARS.get(bytes, pass(Character.BYTES));
                }
                case SHORT -> {
                    return (short) (char) CHARS.get(bytes, pass(Short.BYTES));
                }
                case FLOAT -> {
                    return Float.intBitsToFloat((int) INTS.get(bytes, pass(Float.BYTES)));
                }
                default -> {
                    return sized((int) INTS.get(bytes, pass(Integer.BYTES)));
                }
            }
        }

        private Object sized(int size) {
            switch (kind) {
                case LATIN_STRING -> {
                    return new String(bytes, pass(size), size, StandardCharsets.ISO_8859_1);
                }
                case WIDE_STRING -> {
                    return wide(size);
                }
                default -> {
                    int from = pass(size);
                    return Arrays.copyOfRange(bytes, from, from + size);
                }
            }
        }

        private String wide(int size) {
            char[] text = new char[size];
            for (int i = 0; i < size; i++) {
                text[i] = (char) CHARS.get(bytes, pass(Character.BYTES));
            }
            return new String(text);
        }

        private int pass(int width) {
            int from = at;
            at += width;
            return from;
        }
    }
}
