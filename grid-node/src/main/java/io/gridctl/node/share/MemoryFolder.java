package io.gridctl.node.share;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one grid on this host's memory file system.
 *
 * <p>Everybody may write where the folder is made. So its name comes from the grid's secret, only its owner may enter
 * it, and one that is a link, another user's or open to others is not used.
 *
 * @param path need not exist
 * @param most how many bytes its files are together at most
 * @param user who must own the folder
 */
record MemoryFolder(Path path, long most, int user) {
    /** What the name of each grid's begins with. */
    static final String PREFIX = "gridctl-";

    private static final Logger log = LoggerFactory.getLogger(MemoryFolder.class);

    private static final Path LINUX = Path.of("/dev/shm");
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");
    private static final int NAME_BYTES = 16;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final int STICKY = 01000;
    private static final int WRITABLE_BY_OTHERS = 0022;

    /** The files of a grid on a host are together never larger. */
    private static final long MOST = 512L << 20;

    /** Nor larger than this part of what the file system may take, nor of this machine's or container's memory. */
    private static final int PART = 8;

    /** Empty on a host without a memory file system that can be trusted. */
    static Optional<MemoryFolder> find(String secret) {
        try {
            if (!Files.isDirectory(LINUX, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            FileStore store = Files.getFileStore(LINUX);
            if (!IN_MEMORY.contains(store.type()) || !keepsOwners(LINUX)) {
                return Optional.empty();
            }
            // The file system may be the machine's, and the memory that it takes counts as this container's.
            long most = Math.min(MOST, Math.min(store.getTotalSpace(), memory()) / PART);
            return Optional.of(new MemoryFolder(LINUX.resolve(PREFIX + digest(secret)), most, currentUser()));
        } catch (IOException | UnsupportedOperationException | LinkageError e) {
            // A JVM may also lack the module that tells how much memory there is.
            log.debug("nothing is shared on this host", e);
            return Optional.empty();
        }
    }

    private static long memory() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
    }

    private static String digest(String secret) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }

    /** Whether nobody but its owner can put something else in a folder's place. */
    private static boolean keepsOwners(Path parent) throws IOException {
        int mode = (int) Files.getAttribute(parent, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return (mode & STICKY) != 0 || (mode & WRITABLE_BY_OTHERS) == 0;
    }

    /** Who this process is. */
    static int currentUser() throws IOException {
        return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    /** Makes it if it is not there; says whether what is there is its owner's alone. */
    boolean make() throws IOException {
        try {
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException there) {
            log.trace("{} is there", path);
        }
        return isOwned();
    }

    boolean exists() {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    boolean isOwned() throws IOException {
        return isOwned(path, user);
    }

    /** Whether any folder is a user's alone. */
    static boolean isOwned(Path any, int user) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(any, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return attributes.isDirectory()
                && attributes.permissions().equals(OWNER_ONLY)
                && (int) Files.getAttribute(any, "unix:uid", LinkOption.NOFOLLOW_LINKS) == user;
    }

    Path file(UUID id) {
        return path.resolve(id.toString());
    }

    Path file(HostMemory.Pending pending) {
        return path.resolve(pending.fileName());
    }

    boolean hasRoom(long length) throws IOException {
        return used() + length <= most && length <= Files.getFileStore(path).getUsableSpace() / 2;
    }

    /** Whether its files are not more than they may be. */
    boolean keepsToItsRoom() throws IOException {
        return used() <= most;
    }

    private long used() throws IOException {
        long used = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                used += size(file);
            }
        }
        return used;
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException gone) {
            return 0;
        }
    }
}
