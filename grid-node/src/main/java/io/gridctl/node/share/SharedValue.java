package io.gridctl.node.share;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pieces of one value in a file that several processes fill and read, none of them waiting for another. A piece
 * counts as there once its checksum is, which is written after it; whoever reads a piece checks it, so that one half
 * written, by a process that was killed or on a machine that shows writes in another order, is never taken.
 *
 * <p>Nothing is mapped: a full file system is an exception here, and would be a signal there that ends the process.
 * Trouble of any kind ends the sharing, and pieces are fetched. For one thread.
 */
public final class SharedValue implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SharedValue.class);

    /** One mark for each engine that has read all, by its id; behind them an entry for each piece, then the pieces. */
    private static final int MARKS = 4096;

    private static final int PAGE = 4096;

    /** What is read into the heap goes by a buffer beside it; so much of it is still near the core afterwards. */
    private static final int STRIP = 128 << 10;

    /** In an entry beside the checksum, which may be 0. */
    private static final long THERE = 1L << 32;

    private final Path file;
    private final FileChannel channel;
    private final long length;
    private final int pieceSize;
    private final long begin;
    private final ByteBuffer entry = ByteBuffer.allocateDirect(Long.BYTES);
    private @Nullable ByteBuffer bytes;
    private final boolean pending;
    private boolean usable = true;

    /** Where a piece's bytes come from. */
    public interface Filling {
        /**
         * Gives the bytes.
         *
         * @param piece has room for just them
         */
        void fill(ByteBuffer piece);
    }

    private SharedValue(Path file, FileChannel channel, long length, int pieceSize, boolean pending) {
        this.pending = pending;
        this.file = file;
        this.channel = channel;
        this.length = length;
        this.pieceSize = pieceSize;
        long count = (length + pieceSize - 1) / pieceSize;
        begin = (MARKS + count * Long.BYTES + PAGE - 1) / PAGE * PAGE;
    }

    static SharedValue open(Path file, long length, int pieceSize) throws IOException {
        return open(
                file,
                length,
                pieceSize,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                false);
    }

    /** Opens a file that is there; {@link java.nio.file.NoSuchFileException} if it is not. */
    static SharedValue find(Path file, long length, int pieceSize) throws IOException {
        return find(file, length, pieceSize, false);
    }

    /** The same for one that is nowhere else: whoever has read it does not delete it. */
    static SharedValue findPending(Path file, long length, int pieceSize) throws IOException {
        return find(file, length, pieceSize, true);
    }

    private static SharedValue find(Path file, long length, int pieceSize, boolean pending) throws IOException {
        return open(
                file,
                length,
                pieceSize,
                Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                pending);
    }

    private static SharedValue open(Path file, long length, int pieceSize, Set<OpenOption> options, boolean pending)
            throws IOException {
        FileChannel channel = FileChannel.open(
                file, options, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            SharedValue value = new SharedValue(file, channel, length, pieceSize, pending);
            value.extend();
            return value;
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    /** From the beginning its size says how much it may take. */
    private void extend() throws IOException {
        if (channel.size() < begin + length) {
            channel.write(ByteBuffer.allocate(1), begin + length);
        }
    }

    /**
     * Whether a piece is there.
     *
     * @param piece which, from 0
     * @return false if it is not, or nothing can be said
     */
    public boolean has(int piece) {
        try {
            return usable && entry(piece) != 0;
        } catch (IOException e) {
            giveUp(e);
            return false;
        }
    }

    private long entry(int piece) throws IOException {
        entry.clear();
        read(entry, MARKS + (long) piece * Long.BYTES);
        return entry.flip().getLong();
    }

    /**
     * Reads a piece.
     *
     * @param piece which, from 0
     * @return its bytes, until the next call; null if it is not there
     */
    public @Nullable ByteBuffer read(int piece) {
        if (!usable) {
            return null;
        }
        try {
            long there = entry(piece);
            if (there == 0) {
                return null;
            }
            ByteBuffer content = room(piece);
            read(content, begin + (long) piece * pieceSize);
            return checked(content.flip()) == there ? content : null;
        } catch (IOException | OutOfMemoryError e) {
            giveUp(e);
            return null;
        }
    }

    /**
     * Reads a piece.
     *
     * @param piece which, from 0
     * @param into has room for just its bytes; its position stays
     * @return whether it is there; if not, what was read is nothing
     */
    public boolean read(int piece, ByteBuffer into) {
        if (into.remaining() != size(piece)) {
            throw new IllegalArgumentException(
                    "piece " + piece + " has " + size(piece) + " bytes, no room of " + into.remaining());
        }
        try {
            long there = usable ? entry(piece) : 0;
            if (there == 0) {
                return false;
            }
            CRC32C checksum = new CRC32C();
            for (int from = 0; from < into.remaining(); from += STRIP) {
                ByteBuffer strip = into.slice(into.position() + from, Math.min(STRIP, into.remaining() - from));
                read(strip, begin + (long) piece * pieceSize + from);
                checksum.update(strip.flip());
            }
            return (THERE | checksum.getValue()) == there;
        } catch (IOException | OutOfMemoryError e) {
            giveUp(e);
            return false;
        }
    }

    /**
     * Writes a piece for others to read, unless it is there.
     *
     * @param piece which, from 0
     * @param content its bytes, whose position stays
     */
    public void write(int piece, ByteBuffer content) {
        if (content.remaining() != size(piece)) {
            throw new IllegalArgumentException(
                    "piece " + piece + " has " + size(piece) + " bytes, not " + content.remaining());
        }
        if (!has(piece)) {
            fill(piece, into -> into.put(content.duplicate()));
        }
    }

    /**
     * Writes a piece for others to read.
     *
     * @param piece which, from 0
     * @param filling gives its bytes
     * @return whether others can read it
     */
    public boolean fill(int piece, Filling filling) {
        if (!usable) {
            return false;
        }
        try {
            ByteBuffer content = room(piece);
            filling.fill(content.slice());
            long there = checked(content);
            write(content, begin + (long) piece * pieceSize);
            entry.clear().putLong(there).flip();
            write(entry, MARKS + (long) piece * Long.BYTES);
            return true;
        } catch (IOException | OutOfMemoryError e) {
            giveUp(e);
            return false;
        }
    }

    /** What a piece is read to and written from, beside the heap; its position is 0. */
    private ByteBuffer room(int piece) {
        ByteBuffer room = bytes;
        if (room == null) {
            room = ByteBuffer.allocateDirect((int) Math.min(pieceSize, length));
            bytes = room;
        }
        return room.clear().limit(size(piece));
    }

    private int size(int piece) {
        return (int) Math.min(pieceSize, length - (long) piece * pieceSize);
    }

    private static long checked(ByteBuffer content) {
        CRC32C checksum = new CRC32C();
        checksum.update(content.duplicate());
        return THERE | checksum.getValue();
    }

    private void read(ByteBuffer into, long from) throws IOException {
        long at = from;
        while (into.hasRemaining()) {
            int count = channel.read(into, at);
            if (count < 0) {
                throw new IOException("the file ends at " + at);
            }
            at += count;
        }
    }

    private void write(ByteBuffer content, long to) throws IOException {
        long at = to;
        while (content.hasRemaining()) {
            at += channel.write(content, at);
        }
    }

    /**
     * Tells that an engine has read all; the last one deletes the file.
     *
     * @param engine the engine's id
     * @param engines how many want the value
     */
    public void finished(int engine, int engines) {
        if (!usable || pending || engine >= MARKS) {
            return;
        }
        try {
            write(ByteBuffer.wrap(new byte[] {1}), engine);
            ByteBuffer marks = ByteBuffer.allocate(MARKS);
            read(marks, 0);
            int finished = 0;
            for (byte mark : marks.array()) {
                finished += mark;
            }
            if (finished >= engines) {
                delete();
            }
        } catch (IOException e) {
            giveUp(e);
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    private void giveUp(Throwable trouble) {
        usable = false;
        log.debug("pieces of a large value are fetched rather than shared in {}", file, trouble);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            giveUp(e);
        }
    }
}
