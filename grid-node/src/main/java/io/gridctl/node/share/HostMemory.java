package io.gridctl.node.share;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A grid's folder on this host's memory file system, for files that its processes read rather than fetch the same bytes
 * over connections. Never on a disk. Such a file is a short cut and nothing else: what is not there, or cannot be, is
 * fetched. But for those that are pending: there the value is for a moment, and nowhere else.
 *
 * <p>Everybody may write where the folder is made. So its name comes from the grid's secret, only its owner may enter
 * it, and one that is a link, another user's or open to others is not used.
 *
 * <p>Safe for several threads and processes. A file that is not pending may be deleted at any time: who reads it still
 * can, or fetches.
 */
public final class HostMemory implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HostMemory.class);

    private static final Path LINUX = Path.of("/dev/shm");
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");
    private static final String PREFIX = "gridctl-";
    private static final int NAME_BYTES = 16;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final int STICKY = 01000;
    private static final int WRITABLE_BY_OTHERS = 0022;

    /** The files of a grid on a host are together never larger. */
    private static final long MOST = 512L << 20;

    /** Nor larger than this part of what the file system may take, nor of this machine's or container's memory. */
    private static final int PART = 8;

    /**
     * What another grid has not stored by then it never will: that takes it seconds, but it may have stood still, as when
     * it is debugged or its machine sleeps.
     */
    private static final Duration PENDING_AT_MOST = Duration.ofDays(1);

    private final Supplier<Optional<Place>> finding;
    private final boolean member;
    private Optional<Place> found = Optional.empty();
    private boolean looked;
    private volatile boolean warned;
    private volatile boolean closed;
    private @Nullable Thread atExit;

    /** Files that this process has made, as a member. */
    private final Set<Path> own = ConcurrentHashMap.newKeySet();

    /**
     * Where files go.
     *
     * @param folder need not exist
     * @param most how many bytes they are together at most
     * @param user who must own the folder
     */
    record Place(Path folder, long most, int user) {}

    /**
     * A value that lies here and nowhere else.
     *
     * @param value its id
     * @param length how many bytes it is
     */
    public record Pending(UUID value, long length) {
        String fileName() {
            return value + "." + length;
        }

        static Optional<Pending> of(Path file) {
            String name = file.getFileName().toString();
            int end = name.indexOf('.');
            try {
                return end < 0
                        ? Optional.empty()
                        : Optional.of(new Pending(
                                UUID.fromString(name.substring(0, end)), Long.parseLong(name.substring(end + 1))));
            } catch (IllegalArgumentException nobodys) {
                return Optional.empty();
            }
        }
    }

    /** Memory whose place is looked for when it is needed: an engine's start does without. */
    HostMemory(Supplier<Optional<Place>> finding, boolean member) {
        this.finding = finding;
        this.member = member;
    }

    /**
     * The memory that the processes of a grid share on this host. Makes nothing yet; on a host without a memory file
     * system that can be trusted it never does.
     *
     * @param secret the grid's
     * @return the memory
     */
    public static HostMemory of(String secret) {
        return new HostMemory(() -> linux(secret), true);
    }

    /**
     * The same for a process that is no part of the grid, so that its end is not that of the files.
     *
     * @param secret the grid's
     * @return the memory
     */
    public static HostMemory ofGuest(String secret) {
        return new HostMemory(() -> linux(secret), false);
    }

    private static Optional<Place> linux(String secret) {
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
            return Optional.of(new Place(LINUX.resolve(PREFIX + digest(secret)), most, user()));
        } catch (IOException | UnsupportedOperationException | LinkageError e) {
            // A JVM may also lack the module that tells how much memory there is.
            log.debug("nothing is shared on this host", e);
            return Optional.empty();
        }
    }

    /** {@return whether a value of so many bytes may ever be shared here} */
    public boolean mayHold(long length) {
        return place().filter(place -> length <= place.most()).isPresent();
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

    private synchronized Optional<Place> place() {
        if (!looked) {
            found = finding.get();
            looked = true;
        }
        return found;
    }

    /** Whether nobody but its owner can put something else in a folder's place. */
    private static boolean keepsOwners(Path parent) throws IOException {
        int mode = (int) Files.getAttribute(parent, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return (mode & STICKY) != 0 || (mode & WRITABLE_BY_OTHERS) == 0;
    }

    /** Who this process is. */
    static int user() throws IOException {
        return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    /** {@return the folder, which need not exist; empty if nothing is shared here} */
    public Optional<Path> folder() {
        return place().map(Place::folder);
    }

    /**
     * Begins to share a value.
     *
     * @param value its id, which no other value ever has
     * @param length how many bytes it is
     * @param pieceSize how many of them are written and read at once
     * @return to be closed; empty if it cannot be shared
     */
    public Optional<SharedValue> open(UUID value, long length, int pieceSize) {
        return place().flatMap(place -> {
            try {
                return open(place, value, length, pieceSize);
            } catch (IOException | DirectoryIteratorException e) {
                log.debug("large value {} is not shared on this host", value, e);
            } catch (OutOfMemoryError buffers) {
                log.debug("large value {} is not shared: there is no memory for its buffers", value, buffers);
            }
            return Optional.empty();
        });
    }

    private Optional<SharedValue> open(Place place, UUID value, long length, int pieceSize) throws IOException {
        if (closed || !make(place) || (member && !isRemovedAtExit())) {
            return Optional.empty();
        }
        SharedValue pending = findPending(place, new Pending(value, length), pieceSize);
        if (pending != null) {
            return Optional.of(pending);
        }
        Path file = file(place, value);
        boolean anew = !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        if (anew && !hasRoom(place, length)) {
            return Optional.empty();
        }
        SharedValue shared = SharedValue.open(file, length, pieceSize);
        if (anew && member) {
            own.add(file);
        }
        boolean kept = false;
        try {
            // Others may have begun at the same time, or this may be closed by now.
            kept = used(place) <= place.most() && !closed;
            return kept ? Optional.of(shared) : Optional.empty();
        } finally {
            if (!kept) {
                shared.close();
                Files.deleteIfExists(file);
            }
        }
    }

    /**
     * Makes a file for the arguments of a call.
     *
     * @param id its id, which nothing else here ever has
     * @param places how many arguments there are
     * @param bytes how many bytes they and their values take, roughly
     * @return to be deleted and closed; empty if there is no room, or nothing is shared
     */
    public Optional<Exchange> makeExchange(UUID id, int places, long bytes) {
        return place().flatMap(place -> {
            try {
                return !closed && make(place) && hasRoom(place, Exchange.size(places, bytes))
                        ? Optional.of(Exchange.create(file(place, id), places, bytes))
                        : Optional.empty();
            } catch (IOException | DirectoryIteratorException e) {
                log.debug("the arguments of a call do not go by this host's memory", e);
                return Optional.empty();
            }
        });
    }

    /**
     * Looks for the arguments of a call.
     *
     * @param id their file's id
     * @return to be closed; empty if it is not there
     */
    public Optional<Exchange> findExchange(UUID id) {
        return place().flatMap(place -> {
            try {
                return isOwned(place.folder(), place.user())
                        ? Optional.of(Exchange.find(file(place, id)))
                        : Optional.empty();
            } catch (IOException e) {
                log.debug("the arguments of a call are not in this host's memory", e);
                return Optional.empty();
            }
        });
    }

    /**
     * Looks for a value that somebody shares, as an owner of this folder.
     *
     * @param value its id
     * @param length how many bytes it is
     * @param pieceSize how many of them are written and read at once
     * @return to be closed; empty if it is not there
     */
    public Optional<SharedValue> find(UUID value, long length, int pieceSize) {
        return find(value, place -> {
            SharedValue found = findStored(place, value, length, pieceSize);
            if (found == null) {
                found = findPending(place, new Pending(value, length), pieceSize);
            }
            // Once more: it may have ceased to be pending between the two looks.
            return found == null ? findStored(place, value, length, pieceSize) : found;
        });
    }

    /**
     * Looks for a value that lies here and nowhere else.
     *
     * @param value its id
     * @param length how many bytes it is
     * @param pieceSize how many of them are written and read at once
     * @return to be closed; empty if it is not pending, or not here
     */
    public Optional<SharedValue> findPending(UUID value, long length, int pieceSize) {
        return find(value, place -> findPending(place, new Pending(value, length), pieceSize));
    }

    private interface Looking {
        @Nullable
        SharedValue in(Place place) throws IOException;
    }

    private Optional<SharedValue> find(UUID value, Looking looking) {
        return place().flatMap(place -> {
            try {
                return isOwned(place.folder(), place.user())
                        ? Optional.ofNullable(looking.in(place))
                        : Optional.empty();
            } catch (NoSuchFileException notShared) {
                return Optional.empty();
            } catch (IOException e) {
                log.debug("large value {} is not read from this host's memory", value, e);
            } catch (OutOfMemoryError buffers) {
                log.debug("large value {} is not read here: there is no memory for its buffers", value, buffers);
            }
            return Optional.empty();
        });
    }

    private static @Nullable SharedValue findStored(Place place, UUID value, long length, int pieceSize)
            throws IOException {
        try {
            return SharedValue.find(file(place, value), length, pieceSize);
        } catch (NoSuchFileException notThere) {
            return null;
        }
    }

    private static @Nullable SharedValue findPending(Place place, Pending pending, int pieceSize) throws IOException {
        try {
            return SharedValue.findPending(file(place, pending), pending.length(), pieceSize);
        } catch (NoSuchFileException notThere) {
            return null;
        }
    }

    /**
     * Leaves a whole value here as pending: it stays until it is {@link #stored} elsewhere, {@link #drop}ped, or the
     * grid ends.
     *
     * @param value its id
     * @param length how many bytes it is
     * @return false if that is not possible, and everything is as it was
     */
    public boolean leave(UUID value, long length) {
        return place().filter(place -> isMoved(file(place, value), file(place, new Pending(value, length))))
                .isPresent();
    }

    /**
     * A value that was pending is stored elsewhere; it stays here for a while, as a short cut.
     *
     * @param value its id
     * @param length how many bytes it is
     * @return false if it was not pending any more
     */
    public boolean stored(UUID value, long length) {
        return place().filter(place -> isMoved(file(place, new Pending(value, length)), file(place, value)))
                .isPresent();
    }

    private static boolean isMoved(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            log.debug("{} does not become {}", from, to, e);
            return false;
        }
    }

    /**
     * Deletes a value that nobody refers to any more.
     *
     * @param value its id
     * @param length how many bytes it is
     * @return whether it was pending
     */
    public boolean drop(UUID value, long length) {
        return place().filter(place -> {
                    delete(value);
                    try {
                        return Files.deleteIfExists(file(place, new Pending(value, length)));
                    } catch (IOException e) {
                        log.debug("large value {} is dropped at the next turn", value, e);
                        return false;
                    }
                })
                .isPresent();
    }

    /**
     * The values that lie here and nowhere else.
     *
     * @param age for how long at least
     * @return their ids and lengths
     */
    public List<Pending> pending(Duration age) {
        long latest = System.currentTimeMillis() - age.toMillis();
        List<Pending> pending = new ArrayList<>();
        place().filter(place -> Files.isDirectory(place.folder(), LinkOption.NOFOLLOW_LINKS))
                .ifPresent(place -> {
                    try (DirectoryStream<Path> files = Files.newDirectoryStream(place.folder())) {
                        for (Path file : files) {
                            if (changed(file) <= latest) {
                                Pending.of(file).ifPresent(pending::add);
                            }
                        }
                    } catch (IOException | DirectoryIteratorException e) {
                        log.debug("what is pending in {} is stored at the next turn", place.folder(), e);
                    }
                });
        return pending;
    }

    /**
     * Shares a value no longer. Those who read it go on to, or fetch it.
     *
     * @param value its id
     */
    public void delete(UUID value) {
        place().ifPresent(place -> {
            try {
                Files.deleteIfExists(file(place, value));
            } catch (IOException e) {
                log.debug("large value {} is left to be swept", value, e);
            }
        });
    }

    private static Path file(Place place, UUID value) {
        return place.folder().resolve(value.toString());
    }

    private static Path file(Place place, Pending pending) {
        return place.folder().resolve(pending.fileName());
    }

    /** Makes the folder if it is not there; one that is there must be its owner's alone. */
    private boolean make(Place place) throws IOException {
        try {
            Files.createDirectory(place.folder(), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException there) {
            log.trace("{} is there", place.folder());
        }
        boolean ours = isOwned(place.folder(), place.user());
        if (!ours && !warned) {
            warned = true;
            log.warn(
                    "{} is no folder of user {} alone, so this host's engines each fetch what they could share;"
                            + " remove it",
                    place.folder(),
                    place.user());
        }
        return ours;
    }

    /** A member that ends without being closed leaves no short cuts; one that is killed leaves them to the next sweep. */
    private synchronized boolean isRemovedAtExit() {
        if (atExit == null && !closed) {
            Thread removing = new Thread(this::removeOwn, "grid-memory");
            try {
                Runtime.getRuntime().addShutdownHook(removing);
                atExit = removing;
            } catch (IllegalStateException ending) {
                log.debug("nothing is shared any more, as this process ends", ending);
            }
        }
        return atExit != null;
    }

    private static boolean isOwned(Path any, int user) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(any, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return attributes.isDirectory()
                && attributes.permissions().equals(OWNER_ONLY)
                && (int) Files.getAttribute(any, "unix:uid", LinkOption.NOFOLLOW_LINKS) == user;
    }

    private static boolean hasRoom(Place place, long length) throws IOException {
        return used(place) + length <= place.most()
                && length <= Files.getFileStore(place.folder()).getUsableSpace() / 2;
    }

    private static long used(Place place) throws IOException {
        long used = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(place.folder())) {
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

    /**
     * Deletes files that nobody has written to for long, and folders without files, of all grids of this user: also
     * what a process left that was killed. What is pending in this grid stays.
     *
     * @param age for how long
     */
    public void sweep(Duration age) {
        long latest = System.currentTimeMillis() - age.toMillis();
        own.removeIf(file -> !Files.exists(file, LinkOption.NOFOLLOW_LINKS));
        place().ifPresent(place -> {
            try (DirectoryStream<Path> folders =
                    Files.newDirectoryStream(place.folder().resolveSibling("."), PREFIX + "*")) {
                for (Path each : folders) {
                    boolean own = each.getFileName().equals(place.folder().getFileName());
                    sweep(each, place.user(), latest, own ? Long.MIN_VALUE : latest - PENDING_AT_MOST.toMillis());
                }
            } catch (IOException | DirectoryIteratorException e) {
                log.debug("shared memory is swept at the next turn", e);
            }
        });
    }

    private static void sweep(Path folder, int user, long latest, long latestPending) {
        try {
            if (isOwned(folder, user)) {
                clear(folder, latest, latestPending);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Somebody else sweeps it, or uses it again.
            log.debug("{} is swept at the next turn", folder, e);
        }
    }

    /** Deletes all files of this grid. */
    public void remove() {
        place().ifPresent(place -> {
            try {
                if (Files.exists(place.folder(), LinkOption.NOFOLLOW_LINKS) && isOwned(place.folder(), place.user())) {
                    clear(place.folder(), Long.MAX_VALUE, Long.MAX_VALUE);
                }
            } catch (IOException | DirectoryIteratorException e) {
                // Somebody else of this grid does the same, or begins to use it again.
                log.debug("{} is left to be swept", place.folder(), e);
            }
        });
    }

    /** Those of others are for those that stay. */
    private void removeOwn() {
        place().ifPresent(place -> {
            try {
                if (isOwned(place.folder(), place.user())) {
                    for (Path file : own) {
                        Files.deleteIfExists(file);
                    }
                    Files.deleteIfExists(place.folder());
                }
            } catch (NoSuchFileException nothing) {
                log.trace("{} is gone", place.folder());
            } catch (IOException e) {
                // Others of this grid go on to use it.
                log.debug("{} is left to the others, or to be swept", place.folder(), e);
            }
        });
    }

    /** Shares nothing any more, and deletes what this process has begun to share. */
    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            if (atExit != null) {
                try {
                    Runtime.getRuntime().removeShutdownHook(atExit);
                } catch (IllegalStateException ending) {
                    log.debug("this process ends, and does the same", ending);
                }
                atExit = null;
            }
        }
        removeOwn();
    }

    private static void clear(Path folder, long latest, long latestPending) throws IOException {
        boolean empty = true;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (changed(file) <= (Pending.of(file).isPresent() ? latestPending : latest)) {
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

    private static long changed(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .lastModifiedTime()
                    .toMillis();
        } catch (NoSuchFileException gone) {
            return Long.MIN_VALUE;
        }
    }
}
