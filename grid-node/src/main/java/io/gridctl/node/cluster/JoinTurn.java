package io.gridctl.node.cluster;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The turn of one of several processes to join. While a grid takes a member in, Hazelcast drops what others ask without
 * a word, and they ask again a whole second later; so engines that come up together ask one after the other. A process
 * that ends loses its turn. Confined to one thread.
 */
final class JoinTurn implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JoinTurn.class);

    /** To join takes some tenths of a second; whoever takes so much longer is not waited for. */
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private static final Duration LOOK = Duration.ofMillis(5);

    private final @Nullable FileChannel file;

    private JoinTurn(@Nullable FileChannel file) {
        this.file = file;
    }

    /**
     * Blocks until it is this process's turn, or for so long that it is better to ask out of turn.
     *
     * @param file one that stays as long as the grid runs, and that this process opens for nothing else meanwhile
     */
    static JoinTurn await(Path file) {
        return await(file, LONGEST);
    }

    static JoinTurn await(Path file, Duration longest) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
            long end = System.nanoTime() + longest.toNanos();
            while (!isTaken(channel)) {
                if (System.nanoTime() - end > 0) {
                    log.info("joins out of turn, after {} ms", longest.toMillis());
                    break;
                }
                LockSupport.parkNanos(LOOK.toNanos());
            }
        } catch (IOException noLocks) {
            // As on some file systems of several hosts. To join in turns is quicker, and nothing else.
            log.info("joins out of turn, as {} cannot be locked: {}", file, noLocks.getMessage());
        }
        return new JoinTurn(channel);
    }

    private static boolean isTaken(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException inThisProcess) {
            return false;
        }
    }

    /** Lets the next one join. */
    @Override
    public void close() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            log.warn("the turn to join is kept until this process ends", e);
        }
    }
}
