package io.gridctl.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What one engine is.
 *
 * @param id the number it fills
 * @param slots how many tasks it runs at once, at least 1
 * @param tags its labels
 * @param classPath jars and folders that the programs' classes may use without bringing them
 */
public record EngineSettings(int id, int slots, Set<String> tags, List<Path> classPath) {
    /** Checks the numbers and copies the collections. */
    public EngineSettings {
        if (id < 0) {
            throw new IllegalArgumentException("an engine id cannot be negative: " + id);
        }
        if (slots < 1) {
            throw new IllegalArgumentException("an engine has at least 1 slot, not " + slots);
        }
        tags = Set.copyOf(tags);
        classPath = List.copyOf(classPath);
    }
}
