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

    /** In an entry beside the checksum, which may be 0. */
    private static final long THERE = 1L << 32;

    private final Path file;
    private final FileChannel channel;
    private final long length;
    private final int pieceSize;
    private final long begin;
    private final ByteBuffer entry = ByteBuffer.allocateDirect(Long.BYTES);
    private final ByteBuffer bytes;
    private boolean usable = true;

    private SharedValue(Path file, FileChannel channel, long length, int pieceSize) {
        this.file = file;
        this.channel = channel;
        this.length = length;
        this.pieceSize = pieceSize;
        long count = (length + pieceSize - 1) / pieceSize;
        begin = (MARKS + count * Long.BYTES + PAGE - 1) / PAGE * PAGE;
        bytes = ByteBuffer.allocateDirect(pieceSize);
    }

    static SharedValue open(Path file, long length, int pieceSize) throws IOException {
        Set<OpenOption> options = Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        FileChannel channel = FileChannel.open(
                file, options, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            SharedValue value = new SharedValue(file, channel, length, pieceSize);
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
            bytes.clear().limit(size(piece));
            read(bytes, begin + (long) piece * pieceSize);
            return checked(bytes.flip()) == there ? bytes : null;
        } catch (IOException e) {
            giveUp(e);
            return null;
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
        if (!usable || has(piece)) {
            return;
        }
        try {
            bytes.clear().put(content.duplicate()).flip();
            long there = checked(bytes);
            write(bytes, begin + (long) piece * pieceSize);
            entry.clear().putLong(there).flip();
            write(entry, MARKS + (long) piece * Long.BYTES);
        } catch (IOException e) {
            giveUp(e);
        }
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
        if (!usable || engine >= MARKS) {
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

    private void giveUp(IOException trouble) {
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
