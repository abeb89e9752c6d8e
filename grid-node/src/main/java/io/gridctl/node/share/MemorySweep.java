package io.gridctl.node.share;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes what was left in the memory of a host. */
final class MemorySweep {
    private static final Logger log = LoggerFactory.getLogger(MemorySweep.class);

    /**
     * What another grid has not stored by then it never will: that takes it seconds, but it may have stood still, as when
     * it is debugged or its machine sleeps.
     */
    private static final Duration PENDING_AT_MOST = Duration.ofDays(1);

    private MemorySweep() {}

    /**
     * Deletes files that nobody has written to for so long, and folders without files, of all grids of the user: also
     * what a process left that was killed. What is pending in this grid stays.
     */
    static void sweep(MemoryFolder folder, Duration age) {
        long latest = System.currentTimeMillis() - age.toMillis();
        try (DirectoryStream<Path> folders =
                Files.newDirectoryStream(folder.path().resolveSibling("."), MemoryFolder.PREFIX + "*")) {
            for (Path each : folders) {
                boolean own = each.getFileName().equals(folder.path().getFileName());
                sweep(each, folder.user(), latest, own ? Long.MIN_VALUE : latest - PENDING_AT_MOST.toMillis());
            }
        } catch (IOException | DirectoryIteratorException e) {
            log.debug("shared memory is swept at the next turn", e);
        }
    }

    private static void sweep(Path folder, int user, long latest, long latestPending) {
        try {
            if (MemoryFolder.isOwned(folder, user)) {
                clear(folder, latest, latestPending);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Somebody else sweeps it, or uses it again.
            log.debug("{} is swept at the next turn", folder, e);
        }
    }

    /** Deletes all files of this grid. */
    static void remove(MemoryFolder folder) {
        try {
            if (folder.exists() && folder.isOwned()) {
                clear(folder.path(), Long.MAX_VALUE, Long.MAX_VALUE);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Somebody else of this grid does the same, or begins to use it again.
            log.debug("{} is left to be swept", folder.path(), e);
        }
    }

    /** Deletes some files of this grid; those of others are for those that stay. */
    static void remove(MemoryFolder folder, Iterable<Path> some) {
        try {
            if (folder.isOwned()) {
                for (Path file : some) {
                    Files.deleteIfExists(file);
                }
                Files.deleteIfExists(folder.path());
            }
        } catch (NoSuchFileException nothing) {
            log.trace("{} is gone", folder.path());
        } catch (IOException e) {
            // Others of this grid go on to use it.
            log.debug("{} is left to the others, or to be swept", folder.path(), e);
        }
    }

    private static void clear(Path folder, long latest, long latestPending) throws IOException {
        boolean empty = true;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (changed(file) <= (HostMemory.Pending.of(file).isPresent() ? latestPending : latest)) {
                    Files.deleteIfExists(file);
                } else {
                    empty = false;
                }
            }
        }
        if (empty && changed(folder) <= latest) {
            Files.deleteIfExists(folder);
        }
    }

    /** When a file was written to last, in milliseconds; long ago if it is gone. */
    static long changed(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .lastModifiedTime()
                    .toMillis();
        } catch (NoSuchFileException gone) {
            return Long.MIN_VALUE;
        }
    }
}
