package io.gridctl.node.share;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file by which the tasks of one call get their arguments, while these are still being written, and give their values
 * back. An argument counts as there once its checksum is, which is written last; a value takes the place of the argument
 * that it was made of, and its length and checksum go by another road. So one byte of memory serves both ways, and what
 * is half written is never taken.
 *
 * <p>Whoever has it open goes on to use it after it was deleted. It is not mapped, as a full file system is an exception
 * here and would be a signal there; nor a channel, which an interrupt closes. Safe for several threads.
 */
public final class Exchange implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Exchange.class);

    /** Of each argument: where it is, its length and its room, and its checksum, which is 0 as long as it is not there. */
    private static final int ENTRY = 3 * Long.BYTES;

    private static final int PAGE = 4096;

    /** So much is copied at once, and is near the core the second time. */
    private static final int STRIP = 64 << 10;

    /** Beside a checksum, which may be 0. */
    private static final long THERE = 1L << 32;

    private static final long NEVER = 1L << 33;

    private static final long SHORTEST_LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long LONGEST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Path path;
    private final RandomAccessFile file;

    /** Where the next argument goes; of the process that leaves them. */
    private long next;

    /** Gives bytes. */
    public interface Source {
        /**
         * Copies some of the bytes.
         *
         * @param from the first one's index
         * @param into takes as many as it has room for
         */
        void fill(long from, ByteBuffer into);
    }

    /** Takes bytes. */
    public interface Sink {
        /**
         * The next bytes. What comes after some that were damaged is not told.
         *
         * @param some those that follow the ones before
         */
        void take(ByteBuffer some);
    }

    /**
     * What was left in a place.
     *
     * @param length how many bytes
     * @param checksum what they must come to
     */
    public record Left(int length, long checksum) {}

    private Exchange(Path path, int places) throws FileNotFoundException {
        this.path = path;
        file = new RandomAccessFile(path.toFile(), "rw");
        next = upToPage((long) places * ENTRY);
    }

    /** Makes one with room for so many bytes in so many places. */
    static Exchange create(Path path, int places, long bytes) throws IOException {
        Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Exchange made = new Exchange(path, places);
        try {
            // From the beginning its size says how much it may take; and what tells of the places takes nothing more.
            made.write(0, new byte[(int) made.next], 0, (int) made.next);
            made.file.setLength(made.next + bytes);
        } catch (IOException | RuntimeException | Error e) {
            made.delete();
            made.close();
            throw e;
        }
        return made;
    }

    static Exchange find(Path path) throws IOException {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileNotFoundException(path.toString());
        }
        return new Exchange(path, 0);
    }

    /** {@return how much the arguments of so many bytes take at most, in so many places} */
    static long size(int places, long bytes) {
        return bytes + (long) places * PAGE;
    }

    private static long upToPage(long bytes) {
        return (bytes + PAGE - 1) / PAGE * PAGE;
    }

    /**
     * Leaves an argument. For the process that made this, one after the other.
     *
     * @param place which one, from 0
     * @param length how many bytes
     * @param room how many bytes the value may have that is put in its place, at least as many
     * @param source gives the bytes
     * @return whether others can read it
     */
    public synchronized boolean put(int place, int length, int room, Source source) {
        try {
            long position = next;
            next += upToPage(room);
            long checksum = copy(position, length, source);
            ByteBuffer where = ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(position)
                    .putInt(length)
                    .putInt(room);
            write(entry(place), where.array(), 0, where.capacity());
            tell(place, checksum);
            return true;
        } catch (IOException e) {
            log.debug("argument {} does not go by {}", place, path, e);
            return false;
        }
    }

    /**
     * Tells whoever waits for an argument that it will not come.
     *
     * @param place which one, from 0
     */
    public void refuse(int place) {
        try {
            tell(place, NEVER);
        } catch (IOException e) {
            log.debug("{} cannot be written to; it goes, which says the same", path, e);
            delete();
        }
    }

    private void tell(int place, long checksum) throws IOException {
        write(
                entry(place) + 2 * Long.BYTES,
                ByteBuffer.allocate(Long.BYTES).putLong(checksum).array(),
                0,
                Long.BYTES);
    }

    private static long entry(int place) {
        return (long) place * ENTRY;
    }

    /**
     * Blocks until an argument is there.
     *
     * @param place which one, from 0
     * @return its length, -1 if it will not come
     * @throws InterruptedException if the thread was interrupted
     */
    public int await(int place) throws InterruptedException {
        long pause = SHORTEST_LOOK_NANOS;
        try {
            while (true) {
                long checksum = number(entry(place) + 2 * Long.BYTES);
                if (checksum != 0) {
                    return checksum == NEVER ? -1 : (int) (number(entry(place) + Long.BYTES) >>> Integer.SIZE);
                }
                if (pause == LONGEST_LOOK_NANOS && !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                    return -1;
                }
                LockSupport.parkNanos(pause);
                if (Thread.interrupted()) {
                    throw new InterruptedException("cancelled before its argument had come");
                }
                pause = Math.min(LONGEST_LOOK_NANOS, pause + pause / 4);
            }
        } catch (IOException e) {
            log.debug("argument {} does not come by {}", place, path, e);
            return -1;
        }
    }

    /**
     * Reads an argument that is there.
     *
     * @param place which one, from 0
     * @param sink takes its bytes
     * @return false if they are not what was left, and what was taken is nothing
     */
    public boolean take(int place, Sink sink) {
        try {
            int length = (int) (number(entry(place) + Long.BYTES) >>> Integer.SIZE);
            return take(place, new Left(length, number(entry(place) + 2 * Long.BYTES)), sink);
        } catch (IOException e) {
            log.debug("argument {} is not read from {}", place, path, e);
            return false;
        }
    }

    /**
     * Leaves a value where an argument was, which nobody reads any more.
     *
     * @param place which one, from 0
     * @param length how many bytes
     * @param source gives the bytes
     * @return what to tell whoever is to read it; null if it has no room there, or cannot be written
     */
    public @Nullable Left answer(int place, int length, Source source) {
        try {
            return length > (int) number(entry(place) + Long.BYTES)
                    ? null
                    : new Left(length, copy(number(entry(place)), length, source));
        } catch (IOException e) {
            log.debug("value {} does not go by {}", place, path, e);
            return null;
        }
    }

    /**
     * Reads a value.
     *
     * @param place which one, from 0
     * @param left what was told of it
     * @param sink takes its bytes
     * @return false if they are not what was left, and what was taken is nothing
     */
    public boolean take(int place, Left left, Sink sink) {
        try {
            long position = number(entry(place));
            byte[] strip = new byte[Math.min(STRIP, left.length())];
            CRC32C checksum = new CRC32C();
            for (int from = 0; from < left.length(); from += STRIP) {
                int count = Math.min(STRIP, left.length() - from);
                read(position + from, strip, count);
                checksum.update(strip, 0, count);
                sink.take(ByteBuffer.wrap(strip, 0, count));
            }
            return (THERE | checksum.getValue()) == left.checksum();
        } catch (IOException e) {
            log.debug("value {} is not read from {}", place, path, e);
            return false;
        }
    }

    private long copy(long position, int length, Source source) throws IOException {
        byte[] strip = new byte[Math.min(STRIP, length)];
        CRC32C checksum = new CRC32C();
        for (int from = 0; from < length; from += STRIP) {
            int count = Math.min(STRIP, length - from);
            source.fill(from, ByteBuffer.wrap(strip, 0, count).slice());
            checksum.update(strip, 0, count);
            write(position + from, strip, 0, count);
        }
        return THERE | checksum.getValue();
    }

    private long number(long position) throws IOException {
        byte[] bytes = new byte[Long.BYTES];
        read(position, bytes, bytes.length);
        return ByteBuffer.wrap(bytes).getLong();
    }

    private void read(long position, byte[] into, int count) throws IOException {
        synchronized (file) {
            file.seek(position);
            file.readFully(into, 0, count);
        }
    }

    private void write(long position, byte[] from, int offset, int count) throws IOException {
        synchronized (file) {
            file.seek(position);
            file.write(from, offset, count);
        }
    }

    /** Others who have it open go on to use it; nobody else finds it. */
    public void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            log.debug("{} is left to be swept", path, e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            log.debug("{} could not be closed", path, e);
        }
    }
}
