package io.gridctl.node.share;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
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
 * <p>Safe for several threads and processes. A file that is not pending may be deleted at any time: who reads it still
 * can, or fetches.
 */
public final class HostMemory implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HostMemory.class);

    private final Supplier<Optional<MemoryFolder>> finding;
    private final boolean member;
    private Optional<MemoryFolder> found = Optional.empty();
    private boolean looked;
    private volatile boolean warned;
    private volatile boolean closed;
    private @Nullable Thread atExit;

    /** Files that this process has made, as a member. */
    private final Set<Path> own = ConcurrentHashMap.newKeySet();

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
    HostMemory(Supplier<Optional<MemoryFolder>> finding, boolean member) {
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
        return new HostMemory(() -> MemoryFolder.find(secret), true);
    }

    /**
     * The same for a process that is no part of the grid, so that its end is not that of the files.
     *
     * @param secret the grid's
     * @return the memory
     */
    public static HostMemory ofGuest(String secret) {
        return new HostMemory(() -> MemoryFolder.find(secret), false);
    }

    /** {@return whether a value of so many bytes may ever be shared here} */
    public boolean mayHold(long length) {
        return found().filter(folder -> length <= folder.most()).isPresent();
    }

    private synchronized Optional<MemoryFolder> found() {
        if (!looked) {
            found = finding.get();
            looked = true;
        }
        return found;
    }

    /** {@return the folder, which need not exist; empty if nothing is shared here} */
    public Optional<Path> folder() {
        return found().map(MemoryFolder::path);
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
        return found().flatMap(folder -> {
            try {
                return open(folder, value, length, pieceSize);
            } catch (IOException | DirectoryIteratorException e) {
                log.debug("large value {} is not shared on this host", value, e);
            } catch (OutOfMemoryError buffers) {
                log.debug("large value {} is not shared: there is no memory for its buffers", value, buffers);
            }
            return Optional.empty();
        });
    }

    private Optional<SharedValue> open(MemoryFolder folder, UUID value, long length, int pieceSize) throws IOException {
        if (closed || !make(folder) || (member && !isRemovedAtExit())) {
            return Optional.empty();
        }
        SharedValue pending = findPending(folder, new Pending(value, length), pieceSize);
        if (pending != null) {
            return Optional.of(pending);
        }
        Path file = folder.file(value);
        boolean anew = !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        if (anew && !folder.hasRoom(length)) {
            return Optional.empty();
        }
        SharedValue shared = SharedValue.open(file, length, pieceSize);
        if (anew && member) {
            own.add(file);
        }
        boolean kept = false;
        try {
            // Others may have begun at the same time, or this may be closed by now.
            kept = folder.keepsToItsRoom() && !closed;
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
        return found().flatMap(folder -> {
            try {
                return !closed && make(folder) && folder.hasRoom(Exchange.size(places, bytes))
                        ? Optional.of(Exchange.create(folder.file(id), places, bytes))
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
        return found().flatMap(folder -> {
            try {
                return folder.isOwned() ? Optional.of(Exchange.find(folder.file(id))) : Optional.empty();
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
        return find(value, folder -> {
            SharedValue found = findStored(folder, value, length, pieceSize);
            if (found == null) {
                found = findPending(folder, new Pending(value, length), pieceSize);
            }
            // Once more: it may have ceased to be pending between the two looks.
            return found == null ? findStored(folder, value, length, pieceSize) : found;
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
        return find(value, folder -> findPending(folder, new Pending(value, length), pieceSize));
    }

    private interface Looking {
        @Nullable
        SharedValue in(MemoryFolder folder) throws IOException;
    }

    private Optional<SharedValue> find(UUID value, Looking looking) {
        return found().flatMap(folder -> {
            try {
                return folder.isOwned() ? Optional.ofNullable(looking.in(folder)) : Optional.empty();
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

    private static @Nullable SharedValue findStored(MemoryFolder folder, UUID value, long length, int pieceSize)
            throws IOException {
        try {
            return SharedValue.find(folder.file(value), length, pieceSize);
        } catch (NoSuchFileException notThere) {
            return null;
        }
    }

    private static @Nullable SharedValue findPending(MemoryFolder folder, Pending pending, int pieceSize)
            throws IOException {
        try {
            return SharedValue.findPending(folder.file(pending), pending.length(), pieceSize);
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
        return found().filter(folder -> isMoved(folder.file(value), folder.file(new Pending(value, length))))
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
        return found().filter(folder -> isMoved(folder.file(new Pending(value, length)), folder.file(value)))
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
        return found().filter(folder -> {
                    delete(value);
                    try {
                        return Files.deleteIfExists(folder.file(new Pending(value, length)));
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
        found().filter(folder -> Files.isDirectory(folder.path(), LinkOption.NOFOLLOW_LINKS))
                .ifPresent(folder -> {
                    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.path())) {
                        for (Path file : files) {
                            if (MemorySweep.changed(file) <= latest) {
                                Pending.of(file).ifPresent(pending::add);
                            }
                        }
                    } catch (IOException | DirectoryIteratorException e) {
                        log.debug("what is pending in {} is stored at the next turn", folder.path(), e);
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
        found().ifPresent(folder -> {
            try {
                Files.deleteIfExists(folder.file(value));
            } catch (IOException e) {
                log.debug("large value {} is left to be swept", value, e);
            }
        });
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

    /** Makes the folder if it is not there; one that is there must be its owner's alone. */
    private boolean make(MemoryFolder folder) throws IOException {
        boolean ours = folder.make();
        if (!ours && !warned) {
            warned = true;
            log.warn(
                    "{} is no folder of user {} alone, so this host's engines each fetch what they could share;"
                            + " remove it",
                    folder.path(),
                    folder.user());
        }
        return ours;
    }

    /**
     * Deletes files that nobody has written to for long, and folders without files, of all grids of this user: also
     * what a process left that was killed. What is pending in this grid stays.
     *
     * @param age for how long
     */
    public void sweep(Duration age) {
        own.removeIf(file -> !Files.exists(file, LinkOption.NOFOLLOW_LINKS));
        found().ifPresent(folder -> MemorySweep.sweep(folder, age));
    }

    /** Deletes all files of this grid. */
    public void remove() {
        found().ifPresent(MemorySweep::remove);
    }

    private void removeOwn() {
        found().ifPresent(folder -> MemorySweep.remove(folder, own));
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
}
