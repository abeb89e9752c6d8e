package io.gridctl.node.code;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The class files that a class needs, its own first and near ones before far ones. Classes in a folder are a program
 * that somebody works on, and all of them are taken; of what is in a jar only the nearest, because a library may refer
 * to thousands of classes for the sake of one, and an engine asks for what it misses.
 *
 * @param files the class files
 * @param whole whether these are all
 */
record Closure(List<ClassFile> files, boolean whole) {
    /** Of libraries, so many nearest classes are taken. */
    static final int LIBRARY_CLASSES = 256;

    /** Of the jar that the program itself is in, so many. */
    static final int PROGRAM_JAR_CLASSES = 2048;

    private static final int PREFIX_PARTS = 2;

    /**
     * What to send along with a class.
     *
     * @param what what is sent, for messages
     * @param known classes that the reader has, with all that they need
     */
    static Closure of(String what, LoaderIndex index, String root, Predicate<String> known) {
        return new Search(index, root, known).run(what);
    }

    private static final class Search {
        private final LoaderIndex index;
        private final Predicate<String> known;
        private final String root;
        private final String home;
        private final String prefix;
        private final List<ClassFile> found = new ArrayList<>();
        private int fromLibraries;
        private int fromProgramJar;
        private boolean whole = true;

        Search(LoaderIndex index, String root, Predicate<String> known) {
            this.index = index;
            this.root = root;
            this.known = known;
            home = index.location(root);
            prefix = prefix(root);
        }

        Closure run(String what) {
            Deque<String> open = new ArrayDeque<>(List.of(root));
            Set<String> seen = new HashSet<>(open);
            for (String name = open.poll(); name != null; name = open.poll()) {
                LoaderIndex.Analysed analysed = isWanted(name) ? index.find(what, name) : null;
                if (analysed != null) {
                    found.add(analysed.file());
                    for (String reference : analysed.references()) {
                        if (seen.add(reference) && !known.test(reference)) {
                            open.add(reference);
                        }
                    }
                }
            }
            return new Closure(found, whole);
        }

        private boolean isWanted(String name) {
            String location = index.location(name);
            if (location.isEmpty() || LoaderIndex.isFolder(location)) {
                return true;
            }
            boolean ofProgram = Objects.equals(location, home) && prefix(name).equals(prefix);
            boolean wanted = ofProgram ? fromProgramJar++ < PROGRAM_JAR_CLASSES : fromLibraries++ < LIBRARY_CLASSES;
            whole &= wanted;
            return wanted;
        }

        /** The first parts of a package's name: in a fat jar they tell the program from its libraries. */
        private static String prefix(String className) {
            int end = -1;
            for (int part = 0; part < PREFIX_PARTS; part++) {
                int dot = className.indexOf('.', end + 1);
                if (dot < 0) {
                    break;
                }
                end = dot;
            }
            return end < 0 ? "" : className.substring(0, end);
        }
    }
}
