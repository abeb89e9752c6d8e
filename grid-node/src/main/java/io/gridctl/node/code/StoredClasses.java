package io.gridctl.node.code;

import com.hazelcast.map.IMap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Classes in the grid: those that stored values need, so that they can be read when the program that wrote them is
 * gone. The map holds each class once, under the hash of its bytes, and for each program and name the hash.
 */
public final class StoredClasses implements ClassSource {
    private final IMap<String, byte[]> map;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

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
     * @param files its classes
     */
    public void keep(String program, List<ClassFile> files) {
        List<CompletionStage<Void>> writes = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (ClassFile file : files) {
            String key = nameKey(program, file.name());
            if (!known.contains(key)) {
                writes.add(map.setAsync(classKey(file.hash()), file.bytes()));
                writes.add(map.setAsync(key, file.hash().getBytes(StandardCharsets.US_ASCII)));
                keys.add(key);
            }
        }
        writes.forEach(write -> write.toCompletableFuture().join());
        known.addAll(keys);
    }

    @Override
    public Optional<byte[]> find(String program, String className) {
        byte[] hash = map.get(nameKey(program, className));
        return hash == null
                ? Optional.empty()
                : Optional.ofNullable(map.get(classKey(new String(hash, StandardCharsets.US_ASCII))));
    }

    private static String classKey(String hash) {
        return "class/" + hash;
    }

    private static String nameKey(String program, String className) {
        return "program/" + program + "/" + className;
    }
}
