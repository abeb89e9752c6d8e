package io.gridctl.node.code;

import com.hazelcast.map.IMap;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Classes in the grid: those that stored values need, so that they can be read when the program that wrote them is
 * gone. The map holds each class once, under the hash of its bytes; for each program and name the hash; and for each
 * program whose it is. A sweep removes what neither a stored value nor a connected client needs.
 *
 * <p>Every entry begins with a stamp, which is another one each time the entry is written: what was written again since
 * a sweep looked at it is not removed.
 *
 * <p>Safe for use by several threads.
 */
public final class StoredClasses {
    /** The length of a stamp. */
    public static final int STAMP = Long.BYTES;

    /**
     * How long a program that was stored counts as stored without another look. A sweep leaves alone for longer what it
     * takes for an orphan.
     */
    private static final Duration TRUST = Duration.ofSeconds(20);

    private final IMap<String, byte[]> map;
    private final Map<String, Kept> known = new ConcurrentHashMap<>();

    /** The classes of a program that are stored. */
    private static final class Kept {
        final Set<String> names = ConcurrentHashMap.newKeySet();
        long lookedAt = System.nanoTime() - TRUST.toNanos();
    }

    /**
     * The stored classes of a grid.
     *
     * @param map the map that holds them
     */
    public StoredClasses(IMap<String, byte[]> map) {
        this.map = map;
    }

    /**
     * Stores classes of a program that this object has not stored yet; blocks until they are stored.
     *
     * @param program the program's id
     * @param owner the client that brought it
     * @param files its classes
     */
    public void keep(String program, UUID owner, List<ClassFile> files) {
        Kept kept = known.computeIfAbsent(program, id -> new Kept());
        synchronized (kept) {
            if (System.nanoTime() - kept.lookedAt >= TRUST.toNanos()) {
                byte[] before = map.put(StoredKey.owner(program, owner), stamped(new byte[0]));
                if (before == null) {
                    kept.names.clear();
                }
                kept.lookedAt = System.nanoTime();
            }
            store(program, kept, files);
        }
    }

    private void store(String program, Kept kept, List<ClassFile> files) {
        List<CompletionStage<Void>> writes = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (ClassFile file : files) {
            if (!kept.names.contains(file.name())) {
                byte[] hash = file.hash().getBytes(StandardCharsets.US_ASCII);
                writes.add(map.setAsync(StoredKey.classBytes(file.hash()), stamped(file.bytes())));
                writes.add(map.setAsync(StoredKey.name(program, file.name()), stamped(hash)));
                names.add(file.name());
            }
        }
        writes.forEach(write -> write.toCompletableFuture().join());
        kept.names.addAll(names);
    }

    /**
     * The program will not be stored again by this object.
     *
     * @param program the program's id
     */
    public void forget(String program) {
        known.remove(program);
    }

    /**
     * Reads a class that was stored.
     *
     * @param program the program's id
     * @param className a binary class name
     * @return the class, or empty if it was not stored
     */
    public Optional<ClassFile> find(String program, String className) {
        byte[] hash = map.get(StoredKey.name(program, className));
        return hash == null
                ? Optional.empty()
                : Optional.ofNullable(map.get(StoredKey.classBytes(hash(hash))))
                        .map(entry -> ClassFile.of(className, withoutStamp(entry)));
    }

    /**
     * The hash in the entry of a program's class.
     *
     * @param entry the entry's value
     * @return the hash of the class's bytes
     */
    static String hash(byte[] entry) {
        return new String(withoutStamp(entry), StandardCharsets.US_ASCII);
    }

    private static byte[] stamped(byte[] content) {
        return ByteBuffer.allocate(STAMP + content.length)
                .putLong(ThreadLocalRandom.current().nextLong())
                .put(content)
                .array();
    }

    private static byte[] withoutStamp(byte[] entry) {
        return Arrays.copyOfRange(entry, STAMP, entry.length);
    }
}
