package io.gridctl.node.cluster;

import io.gridctl.node.EngineSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What grid to start on this machine.
 *
 * @param name its name
 * @param engines how many engines, at least 1
 * @param slots how many tasks each runs at once, at least 1
 * @param virtualSlots whether the slots are virtual threads, from Java 21 on
 * @param heap the most heap of one engine, as the JVM's {@code -Xmx} takes it; else the engines share 60 % of the memory
 * @param classPath jars and folders that all engines have
 * @param jvmArgs further arguments for the engines' JVMs
 * @param tags labels of all engines
 * @param workFolder where the engines run
 */
public record LaunchSpec(
        String name,
        int engines,
        int slots,
        boolean virtualSlots,
        Optional<String> heap,
        List<Path> classPath,
        List<String> jvmArgs,
        Set<String> tags,
        Path workFolder) {
    /** More engines than this on one machine is a slip of the finger. */
    public static final int MOST_ENGINES = 1024;

    /** A member of the grid takes this much without doing anything. */
    private static final long LEAST_BYTES_PER_ENGINE = 128L << 20;

    private static final Pattern HEAP = Pattern.compile("([1-9]\\d{0,9})([kKmMgGtT]?)");
    private static final long LEAST_HEAP_BYTES = 32L << 20;
    private static final int MOST_SLOTS = 1024;
    private static final int LONGEST_TAG = 64;

    /** So many engines may share a machine however little memory it has. */
    private static final int FEW_ENGINES = 8;

    /** Checks everything that can be checked without changing anything. */
    public LaunchSpec {
        GridHome.checkName(name);
        checkEngines(engines);
        checkSlots(slots);
        EngineSettings.checkVirtualSlots(virtualSlots);
        heap.ifPresent(LaunchSpec::checkHeap);
        jvmArgs.forEach(LaunchSpec::checkJvmArg);
        tags.forEach(LaunchSpec::checkTag);
        classPath = List.copyOf(classPath);
        jvmArgs = List.copyOf(jvmArgs);
        tags = Set.copyOf(tags);
    }

    /**
     * A grid of engines with one slot each that run in this process's folder.
     *
     * @param name its name
     * @param engines how many engines
     * @return a spec to add to
     */
    public static LaunchSpec of(String name, int engines) {
        return new LaunchSpec(
                name,
                engines,
                1,
                false,
                Optional.empty(),
                List.of(),
                List.of(),
                Set.of(),
                Path.of("").toAbsolutePath());
    }

    /**
     * How many engines fit on a machine.
     *
     * @param memoryBytes the memory there is
     * @return the most engines, at least 1
     */
    public static int mostEngines(long memoryBytes) {
        return (int) Math.max(1, Math.min(MOST_ENGINES, memoryBytes / LEAST_BYTES_PER_ENGINE));
    }

    /**
     * Checks a number of engines; whether they fit on a machine is another question.
     *
     * @param engines how many
     * @throws IllegalArgumentException if no grid can have that many
     */
    public static void checkEngines(int engines) {
        if (engines < 1) {
            throw new IllegalArgumentException("a grid has at least 1 engine, not " + engines);
        }
    }

    /**
     * Checks a number of slots.
     *
     * @param slots how many
     * @throws IllegalArgumentException if no engine can have that many
     */
    public static void checkSlots(int slots) {
        if (slots < 1 || slots > MOST_SLOTS) {
            throw new IllegalArgumentException("an engine has 1 to " + MOST_SLOTS + " slots, not " + slots);
        }
    }

    /**
     * Checks the size of a heap.
     *
     * @param heap as the JVM's {@code -Xmx} takes it
     * @throws IllegalArgumentException if it is no size, or too small for an engine
     */
    public static void checkHeap(String heap) {
        if (!HEAP.matcher(heap).matches()) {
            throw new IllegalArgumentException(
                    "a heap is a number with k, m or g behind it, such as 512m or 4g, not '" + heap + "'");
        }
        if (bytesOf(heap) == Long.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a heap of '" + heap + "' is more than any machine has; write 512m or 4g");
        }
        if (bytesOf(heap) < LEAST_HEAP_BYTES) {
            throw new IllegalArgumentException("an engine needs a heap of at least 32m, and not '" + heap + "'");
        }
    }

    /** What a heap comes to; more than there can be is as much as there can be. */
    static long bytesOf(String heap) {
        var matcher = HEAP.matcher(heap);
        if (!matcher.matches()) {
            throw new IllegalStateException("'" + heap + "' was checked");
        }
        long unit = switch (matcher.group(2)) {
            case "k", "K" -> 1L << 10;
            case "m", "M" -> 1L << 20;
            case "g", "G" -> 1L << 30;
            case "t", "T" -> 1L << 40;
            default -> 1L;
        };
        long number = Long.parseLong(matcher.group(1));
        return number > Long.MAX_VALUE / unit ? Long.MAX_VALUE : number * unit;
    }

    /**
     * Checks an argument for the engines' JVMs. One that is no option would be taken for the class to run.
     *
     * @param argument a single argument
     * @throws IllegalArgumentException if it is no option
     */
    public static void checkJvmArg(String argument) {
        if (!argument.startsWith("-") && !argument.startsWith("@")) {
            throw new IllegalArgumentException(
                    "an argument for a JVM begins with '-', such as -Dkey=value, and not like '" + argument + "'");
        }
    }

    /**
     * Checks a label.
     *
     * @param tag the label
     * @throws IllegalArgumentException if it is none
     */
    public static void checkTag(String tag) {
        if (tag.isBlank() || tag.length() > LONGEST_TAG || tag.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a tag has 1 to " + LONGEST_TAG
                    + " characters that can be seen, and is not '"
                    + (tag.length() > LONGEST_TAG ? tag.substring(0, LONGEST_TAG) + "…" : tag) + "'");
        }
    }

    /**
     * Checks whether the engines fit on a machine.
     *
     * @param memoryBytes the memory there is
     * @throws IllegalArgumentException if there are too many of them, or one alone is too large
     */
    void checkFits(long memoryBytes) {
        if (engines > FEW_ENGINES && engines > mostEngines(memoryBytes)) {
            throw new IllegalArgumentException(engines + " engines do not fit on this machine; with "
                    + (memoryBytes >> 20) + " MB of memory it takes " + mostEngines(memoryBytes) + " at most");
        }
        if (heap.isPresent() && bytesOf(heap.get()) > memoryBytes) {
            throw new IllegalArgumentException("an engine with a heap of " + heap.get()
                    + " does not fit on this machine, which has " + (memoryBytes >> 20) + " MB of memory");
        }
    }

    /**
     * A copy with heap, class path and arguments for the engines' JVMs.
     *
     * @param newHeap the most heap of one engine, if it is fixed
     * @param newClassPath jars and folders that all engines have
     * @param newJvmArgs further arguments for the JVMs
     * @return a copy
     */
    public LaunchSpec withJvm(Optional<String> newHeap, List<Path> newClassPath, List<String> newJvmArgs) {
        return new LaunchSpec(name, engines, slots, virtualSlots, newHeap, newClassPath, newJvmArgs, tags, workFolder);
    }

    /**
     * A copy with slots and labels.
     *
     * @param newSlots how many tasks each engine runs at once
     * @param newTags labels of all engines
     * @return a copy
     */
    public LaunchSpec withEngines(int newSlots, Set<String> newTags) {
        return new LaunchSpec(name, engines, newSlots, virtualSlots, heap, classPath, jvmArgs, newTags, workFolder);
    }

    /**
     * A copy whose slots are virtual threads, or are not.
     *
     * @param newVirtualSlots whether they are
     * @return a copy
     * @throws IllegalArgumentException if they are to be and this Java has none
     */
    public LaunchSpec withVirtualSlots(boolean newVirtualSlots) {
        return new LaunchSpec(name, engines, slots, newVirtualSlots, heap, classPath, jvmArgs, tags, workFolder);
    }

    /**
     * A copy with another folder to run in.
     *
     * @param newWorkFolder where the engines run
     * @return a copy
     */
    public LaunchSpec withWorkFolder(Path newWorkFolder) {
        return new LaunchSpec(name, engines, slots, virtualSlots, heap, classPath, jvmArgs, tags, newWorkFolder);
    }

    EngineSettings engine(int id) {
        return new EngineSettings(id, slots, virtualSlots, tags, classPath);
    }

    void write(Path file) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("engines", engines);
        json.put("slots", slots);
        json.put("virtualSlots", virtualSlots);
        heap.ifPresent(value -> json.put("heap", value));
        json.put("classPath", classPath.stream().map(Path::toString).toList());
        json.put("jvmArgs", jvmArgs);
        json.put("tags", new TreeSet<>(tags));
        json.put("workFolder", workFolder.toString());
        JsonFiles.write(file, json);
    }

    static LaunchSpec read(Path file) throws IOException {
        JsonFields json = JsonFiles.read(file);
        return new LaunchSpec(
                json.text("name").orElse(""),
                (int) json.number("engines").orElse(0),
                (int) json.number("slots").orElse(0),
                json.flag("virtualSlots"),
                json.text("heap"),
                json.texts("classPath").stream().map(Path::of).toList(),
                json.texts("jvmArgs"),
                Set.copyOf(json.texts("tags")),
                Path.of(json.text("workFolder").orElse("")));
    }
}
