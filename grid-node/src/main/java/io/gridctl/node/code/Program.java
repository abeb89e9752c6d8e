package io.gridctl.node.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client has sent so far: a list of class files that only grows, with one version of each class. What an engine
 * lacks is therefore told by one number, how many of them it has.
 *
 * <p>Safe for use by several threads.
 */
public final class Program {
    private final String id;
    private final List<ClassFile> files = new ArrayList<>();
    private final Map<String, Integer> indexes = new HashMap<>();

    Program(String id) {
        this.id = id;
    }

    /**
     * The program's name in the grid, 128 random bits in hexadecimal.
     *
     * @return the id
     */
    public String id() {
        return id;
    }

    /**
     * How many classes the program has now.
     *
     * @return the number of classes, never lower than before
     */
    public synchronized int size() {
        return files.size();
    }

    /**
     * Some of its classes.
     *
     * @param from the first index, included
     * @param to the last index, excluded, at most {@link #size()}
     * @return the class files from {@code from} to {@code to}
     */
    public synchronized List<ClassFile> classes(int from, int to) {
        return List.copyOf(files.subList(from, to));
    }

    /** The first of {@code classes} that the program has in another version, or null. */
    synchronized @Nullable ClassFile conflict(Iterable<ClassFile> classes) {
        for (ClassFile file : classes) {
            Integer index = indexes.get(file.name());
            if (index != null && !files.get(index).equals(file)) {
                return file;
            }
        }
        return null;
    }

    /** Adds the classes it lacks and tells how many of the program's classes a reader must have for all of these. */
    synchronized int addAll(Iterable<ClassFile> classes) {
        int count = 0;
        for (ClassFile file : classes) {
            Integer index = indexes.get(file.name());
            if (index == null) {
                index = files.size();
                files.add(file);
                indexes.put(file.name(), index);
            }
            count = Math.max(count, index + 1);
        }
        return count;
    }

    @Override
    public String toString() {
        return "program " + id + " with " + size() + " classes";
    }
}
