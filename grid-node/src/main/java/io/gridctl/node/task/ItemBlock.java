package io.gridctl.node.task;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Many values in one array of bytes: each with its length before it, or the word that there is none. */
public final class ItemBlock {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int NOTHING = -1;

    private ItemBlock() {}

    /** Puts values one behind the other. Confined to one thread, or guarded by its owner. */
    public static final class Writer {
        private byte[] bytes;
        private int length;

        /**
         * A block without values.
         *
         * @param capacity how many bytes it may hold before it has to grow
         */
        public Writer(int capacity) {
            bytes = new byte[capacity];
        }

        /**
         * Adds a value.
         *
         * @param value its bytes
         */
        public void add(byte[] value) {
            ensure(Integer.BYTES + value.length);
            INT.set(bytes, length, value.length);
            System.arraycopy(value, 0, bytes, length + Integer.BYTES, value.length);
            length += Integer.BYTES + value.length;
        }

        /** Adds the word that there is no value. */
        public void addNothing() {
            ensure(Integer.BYTES);
            INT.set(bytes, length, NOTHING);
            length += Integer.BYTES;
        }

        private void ensure(int more) {
            int needed = Math.addExact(length, more);
            if (needed > bytes.length) {
                bytes = Arrays.copyOf(bytes, (int)
                        Math.max(needed, Math.min(2L * bytes.length, Integer.MAX_VALUE - 8)));
            }
        }

        /** {@return how many bytes there are} */
        public int length() {
            return length;
        }

        /** {@return the block} */
        public byte[] toBytes() {
            return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        }
    }

    /** Takes the values one after the other. Confined to one thread, or guarded by its owner. */
    public static final class Reader {
        private final byte[] bytes;
        private int at;

        /**
         * A reader before the first value.
         *
         * @param bytes a block, which nobody changes
         */
        public Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        /** {@return the next value's bytes, null if there is the word that it has none} */
        public byte @Nullable [] next() {
            int length = (int) INT.get(bytes, at);
            at += Integer.BYTES;
            if (length == NOTHING) {
                return null;
            }
            byte[] value = Arrays.copyOfRange(bytes, at, at + length);
            at += length;
            return value;
        }
    }
}
