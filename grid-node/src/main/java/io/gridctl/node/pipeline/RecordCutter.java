package io.gridctl.node.pipeline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a range of a file into blocks of whole records: those that begin in the range. A record is a line or, where fields
 * may be quoted, a row of RFC 4180, in whose quoted fields lines may end; so whoever begins in the middle of a file reads
 * what is before, to know whether that is within quotes. For one thread.
 */
final class RecordCutter implements AutoCloseable {
    private static final int BLOCK = 1 << 20;
    private static final int LONGEST = 64 << 20;

    private static final int FIELD_BEGINS = 0;
    private static final int IN_FIELD = 1;
    private static final int IN_QUOTES = 2;
    private static final int AFTER_QUOTE = 3;

    private final Path file;
    private final FileChannel channel;
    private final byte separator;
    private final boolean quotes;
    private final long to;

    /** The offset in the file of the first byte in the buffer, and the number of line ends before it, -1 if not counted. */
    private long offset;

    private long linesBefore;
    private byte[] buffer = new byte[BLOCK + (64 << 10)];
    private int filled;
    private boolean finished;

    /**
     * Whole records.
     *
     * @param bytes the records
     * @param offset where they begin in the file
     * @param linesBefore how many lines end before them, -1 if they were not counted
     */
    @SuppressWarnings("ArrayRecordComponent") // blocks are passed on, not compared
    record Block(byte[] bytes, long offset, long linesBefore) {}

    private RecordCutter(Path file, boolean quotes, byte separator, long to) throws IOException {
        this.file = file;
        this.quotes = quotes;
        this.separator = separator;
        this.to = to;
        channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    /** Lines that begin in a range, the first of which begins no earlier than at {@code start}. */
    static RecordCutter lines(FileListing.Range range, long start) throws IOException {
        RecordCutter cutter = new RecordCutter(range.file(), false, (byte) 0, range.to());
        cutter.linesBefore = -1;
        cutter.beginAt(start, Math.max(start, range.from()), Math.max(start, range.from() - 1));
        return cutter;
    }

    /** Rows that begin in a range, the first of which begins no earlier than at {@code start}, where a row does begin. */
    static RecordCutter rows(FileListing.Range range, long start, long linesBefore, byte separator) throws IOException {
        RecordCutter cutter = new RecordCutter(range.file(), true, separator, range.to());
        cutter.linesBefore = linesBefore;
        cutter.beginAt(start, Math.max(start, range.from()), start);
        return cutter;
    }

    /** Goes to the first record at or after {@code from}, with a look at everything from {@code look} on. */
    private void beginAt(long start, long from, long look) throws IOException {
        offset = look;
        if (from == start) {
            finished = offset >= to;
            return;
        }
        int state = FIELD_BEGINS;
        while (fill()) {
            for (int i = 0; i < filled; i++) {
                byte next = buffer[i];
                boolean ends = next == '\n' && (!quotes || state != IN_QUOTES);
                state = quotes ? after(state, next) : state;
                if (next == '\n' && linesBefore >= 0) {
                    linesBefore++;
                }
                if (ends && offset + i + 1 >= from) {
                    drop(i + 1);
                    finished = offset >= to;
                    return;
                }
            }
            drop(filled);
        }
        finished = true;
    }

    private int after(int state, byte next) {
        if (state == IN_QUOTES) {
            return next == '"' ? AFTER_QUOTE : IN_QUOTES;
        }
        if (next == separator || next == '\n' || next == '\r') {
            return FIELD_BEGINS;
        }
        if (next == '"') {
            return state == IN_FIELD ? IN_FIELD : IN_QUOTES;
        }
        return IN_FIELD;
    }

    /** The next records, null if no more begin in the range. */
    @Nullable
    Block next() throws IOException {
        if (finished) {
            return null;
        }
        int state = FIELD_BEGINS;
        int scanned = 0;
        long lines = 0;
        while (true) {
            for (; scanned < filled; scanned++) {
                byte next = buffer[scanned];
                if (next == '\n') {
                    lines++;
                    boolean ends = !quotes || state != IN_QUOTES;
                    if (ends && (scanned + 1 >= BLOCK || offset + scanned + 1 >= to)) {
                        finished = offset + scanned + 1 >= to;
                        return take(scanned + 1, lines);
                    }
                }
                state = quotes ? after(state, next) : state;
            }
            if (filled >= LONGEST) {
                throw new IOException(file + ", line " + (line(file, offset) + 1) + ": more than " + LONGEST
                        + " bytes without the end of a " + (quotes ? "row; a quote may not be closed" : "line"));
            }
            if (!fill()) {
                finished = true;
                return filled == 0 ? null : take(filled, lines);
            }
        }
    }

    private boolean fill() throws IOException {
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * filled);
        }
        int count = channel.read(ByteBuffer.wrap(buffer, filled, buffer.length - filled), offset + filled);
        if (count <= 0) {
            return false;
        }
        filled += count;
        return true;
    }

    private Block take(int count, long lines) {
        Block block = new Block(Arrays.copyOf(buffer, count), offset, linesBefore);
        if (linesBefore >= 0) {
            linesBefore += lines;
        }
        drop(count);
        return block;
    }

    private void drop(int count) {
        System.arraycopy(buffer, count, buffer, 0, filled - count);
        filled -= count;
        offset += count;
    }

    /** How many lines end before a place in a file. */
    static long line(Path file, long before) throws IOException {
        long lines = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(64 << 10);
            for (long at = 0; at < before; ) {
                int count = channel.read(bytes.clear().limit((int) Math.min(bytes.capacity(), before - at)), at);
                if (count <= 0) {
                    break;
                }
                for (int i = 0; i < count; i++) {
                    lines += bytes.get(i) == '\n' ? 1 : 0;
                }
                at += count;
            }
        }
        return lines;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
