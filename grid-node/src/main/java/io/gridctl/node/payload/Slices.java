package io.gridctl.node.payload;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list as a row of lists, each of them a payload of its own, so that it can be written and read without ever being in
 * memory as a whole. It is a payload too, and read as one list.
 */
public final class Slices {
    /** The kind of such a payload. */
    private static final byte KIND = 40;

    private static final int HEADING = 2 * Integer.BYTES;

    private Slices() {}

    /**
     * One of the lists.
     *
     * @param payload what {@link PayloadCodec#encode} made of it
     * @param items how many elements it has
     */
    @SuppressWarnings("ArrayRecordComponent") // slices are passed on, not compared
    public record Slice(byte[] payload, int items) {}

    /** {@return what stands before the first slice} */
    public static byte[] beginning() {
        return new byte[] {KIND};
    }

    /**
     * What stands before each slice's payload.
     *
     * @param slice the slice
     * @return a few bytes
     */
    public static byte[] heading(Slice slice) {
        return ByteBuffer.allocate(HEADING)
                .putInt(slice.payload().length)
                .putInt(slice.items())
                .array();
    }

    static boolean are(byte[] bytes) {
        return bytes[0] == KIND;
    }

    /** Reads slices one by one. */
    public static final class Reader {
        private final DataInputStream in;
        private long left;

        private Reader(DataInputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        /**
         * Begins to read a payload.
         *
         * @param in where its bytes come from
         * @param length how many bytes it has
         * @return null if it is of another kind; its first byte has been read then
         * @throws IOException if bytes do not come
         */
        public static @Nullable Reader of(InputStream in, long length) throws IOException {
            DataInputStream data = new DataInputStream(in);
            return data.readByte() == KIND ? new Reader(data, length - 1) : null;
        }

        /**
         * Reads the next slice.
         *
         * @return null after the last one
         * @throws IOException if bytes do not come
         */
        public @Nullable Slice next() throws IOException {
            if (left == 0) {
                return null;
            }
            int length = in.readInt();
            int items = in.readInt();
            byte[] payload = in.readNBytes(length);
            if (payload.length < length) {
                throw new EOFException("a slice ends before its end");
            }
            left -= HEADING + length;
            return new Slice(payload, items);
        }
    }

    static List<@Nullable Object> decode(byte[] bytes, Function<byte[], @Nullable Object> decoder) {
        try {
            Reader slices = new Reader(
                    new DataInputStream(new ByteArrayInputStream(bytes, 1, bytes.length - 1)), bytes.length - 1);
            List<@Nullable Object> whole = new ArrayList<>();
            for (Slice slice = slices.next(); slice != null; slice = slices.next()) {
                whole.addAll((Collection<?>) decoder.apply(slice.payload()));
            }
            return whole;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
