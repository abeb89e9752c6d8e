package io.gridctl.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What one engine is.
 *
 * @param id the number it fills
 * @param slots how many tasks it runs at once, at least 1
 * @param virtualSlots whether its slots are virtual threads
 * @param tags its labels
 * @param classPath jars and folders that the programs' classes may use without bringing them
 */
public record EngineSettings(int id, int slots, boolean virtualSlots, Set<String> tags, List<Path> classPath) {
    private static final int FIRST_JAVA_WITH_VIRTUAL_THREADS = 21;

    /** Checks the numbers and copies the collections. */
    public EngineSettings {
        if (id < 0) {
            throw new IllegalArgumentException("an engine id cannot be negative: " + id);
        }
        if (slots < 1) {
            throw new IllegalArgumentException("an engine has at least 1 slot, not " + slots);
        }
        checkVirtualSlots(virtualSlots);
        tags = Set.copyOf(tags);
        classPath = List.copyOf(classPath);
    }

    /**
     * An engine whose slots are platform threads.
     *
     * @param id the number it fills
     * @param slots how many tasks it runs at once, at least 1
     * @param tags its labels
     * @param classPath jars and folders that the programs' classes may use without bringing them
     */
    public EngineSettings(int id, int slots, Set<String> tags, List<Path> classPath) {
        this(id, slots, false, tags, classPath);
    }

    /**
     * Checks whether slots may be virtual threads here.
     *
     * @param wanted whether they are to be
     * @throws IllegalArgumentException if they are to be and this Java has none
     */
    public static void checkVirtualSlots(boolean wanted) {
        int java = Runtime.version().feature();
        if (wanted && java < FIRST_JAVA_WITH_VIRTUAL_THREADS) {
            throw new IllegalArgumentException("slots can be virtual threads from Java "
                    + FIRST_JAVA_WITH_VIRTUAL_THREADS + " on, and this is Java " + java
                    + "; set JAVA_HOME to a newer one, or leave the slots as they are");
        }
    }
}
