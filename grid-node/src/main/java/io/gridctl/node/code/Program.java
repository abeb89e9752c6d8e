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
    /** Classes that engines asked for and that no shipment has needed yet. */
    private final Map<String, ClassFile> asked = new HashMap<>();

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
            ClassFile present = version(file.name());
            if (present != null && !present.equals(file)) {
                return file;
            }
        }
        return null;
    }

    /** The program's version of a class, or null if it has none yet. */
    synchronized @Nullable ClassFile version(String className) {
        Integer index = indexes.get(className);
        return index == null ? asked.get(className) : files.get(index);
    }

    /** Where a class stands in the list, -1 if no shipment has needed it. */
    synchronized int index(String className) {
        return indexes.getOrDefault(className, -1);
    }

    /** Notes classes that an engine asked for, and gives the program's version of each. */
    synchronized List<ClassFile> ask(List<ClassFile> classes) {
        List<ClassFile> versions = new ArrayList<>(classes.size());
        for (ClassFile file : classes) {
            ClassFile present = version(file.name());
            if (present == null) {
                asked.put(file.name(), file);
            }
            versions.add(present == null ? file : present);
        }
        return versions;
    }

    /** Adds the classes it lacks and tells how many of the program's classes a reader must have for all of these. */
    synchronized int addAll(Iterable<ClassFile> classes) {
        int count = 0;
        for (ClassFile file : classes) {
            Integer index = indexes.get(file.name());
            if (index == null) {
                index = files.size();
                files.add(file);
                asked.remove(file.name());
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
