package io.gridctl.node.code;

import com.hazelcast.map.IMap;
import io.gridctl.GridMemory.ProgramClasses;
import io.gridctl.node.code.StoredKey.Kind;
import io.gridctl.node.task.ReadHead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/** The entries of the map that holds the stored classes, as they are at one moment, without the classes' bytes. */
public final class StoredListing {
    /** A stamp and the hash of a class. */
    private static final int HEAD = StoredClasses.STAMP + 64;

    private final Map<String, ReadHead.Head> heads;
    private final Map<String, StoredKey> keys = new HashMap<>();

    private StoredListing(Map<String, ReadHead.Head> heads) {
        this.heads = heads;
        heads.keySet().forEach(key -> StoredKey.parse(key).ifPresent(parsed -> keys.put(key, parsed)));
    }

    /**
     * Reads the map. Blocks.
     *
     * @param map the map that holds the classes
     * @return what is there
     */
    public static StoredListing of(IMap<String, byte[]> map) {
        return new StoredListing(map.executeOnEntries(new ReadHead(HEAD)));
    }

    /** {@return the keys of this version of the grid, by their text} */
    public Map<String, StoredKey> keys() {
        return keys;
    }

    private ReadHead.Head head(String key) {
        return Objects.requireNonNull(heads.get(key));
    }

    /**
     * The stamp of an entry.
     *
     * @param key the entry's key
     * @return what {@link StoredClasses} gave it when it was written last
     */
    public long stamp(String key) {
        return ByteBuffer.wrap(head(key).bytes()).getLong();
    }

    /**
     * The hash that the entry of a program's class holds.
     *
     * @param key the entry's key, of the kind {@link Kind#NAME}
     * @return the hash of the class's bytes
     */
    public String hash(String key) {
        byte[] bytes = head(key).bytes();
        return new String(bytes, StoredClasses.STAMP, bytes.length - StoredClasses.STAMP, StandardCharsets.US_ASCII);
    }

    /**
     * The programs.
     *
     * @return one entry for each program and the client that brought it
     */
    public List<ProgramClasses> programs() {
        Map<String, UUID> owners = new TreeMap<>();
        Map<String, Integer> counts = new HashMap<>();
        Map<String, Long> bytes = new HashMap<>();
        keys.forEach((key, parsed) -> {
            if (parsed.kind() == Kind.OWNER) {
                owners.put(parsed.first(), UUID.fromString(parsed.second()));
            } else if (parsed.kind() == Kind.NAME) {
                counts.merge(parsed.first(), 1, Integer::sum);
                ReadHead.Head content = heads.get(StoredKey.classBytes(hash(key)));
                bytes.merge(parsed.first(), content == null ? 0L : content.whole() - StoredClasses.STAMP, Long::sum);
            }
        });
        List<ProgramClasses> programs = new ArrayList<>();
        owners.forEach((program, owner) -> programs.add(
                new ProgramClasses(program, owner, counts.getOrDefault(program, 0), bytes.getOrDefault(program, 0L))));
        return programs;
    }
}
