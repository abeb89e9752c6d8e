package io.gridctl.node.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gridctl.node.EngineSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    /** Checks everything that can be checked without changing anything. */
    public LaunchSpec {
        GridHome.checkName(name);
        if (engines < 1) {
            throw new IllegalArgumentException("a grid has at least 1 engine, not " + engines);
        }
        if (slots < 1 || slots > 1024) {
            throw new IllegalArgumentException("an engine has 1 to 1024 slots, not " + slots);
        }
        heap.ifPresent(LaunchSpec::checkHeap);
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

    private static void checkHeap(String heap) {
        var matcher = HEAP.matcher(heap);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "a heap is a number with k, m or g behind it, such as 512m or 4g, not '" + heap + "'");
        }
        long unit = switch (matcher.group(2)) {
            case "k", "K" -> 1L << 10;
            case "m", "M" -> 1L << 20;
            case "g", "G" -> 1L << 30;
            case "t", "T" -> 1L << 40;
            default -> 1L;
        };
        if (Math.multiplyHigh(Long.parseLong(matcher.group(1)), unit) != 0
                || Long.parseLong(matcher.group(1)) * unit < LEAST_HEAP_BYTES) {
            throw new IllegalArgumentException("an engine needs a heap of at least 32m, and not '" + heap + "'");
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
        return new LaunchSpec(name, engines, slots, newHeap, newClassPath, newJvmArgs, tags, workFolder);
    }

    /**
     * A copy with slots and labels.
     *
     * @param newSlots how many tasks each engine runs at once
     * @param newTags labels of all engines
     * @return a copy
     */
    public LaunchSpec withEngines(int newSlots, Set<String> newTags) {
        return new LaunchSpec(name, engines, newSlots, heap, classPath, jvmArgs, newTags, workFolder);
    }

    /**
     * A copy with another folder to run in.
     *
     * @param newWorkFolder where the engines run
     * @return a copy
     */
    public LaunchSpec withWorkFolder(Path newWorkFolder) {
        return new LaunchSpec(name, engines, slots, heap, classPath, jvmArgs, tags, newWorkFolder);
    }

    EngineSettings engine(int id) {
        return new EngineSettings(id, slots, tags, classPath);
    }

    void write(Path file) throws IOException {
        ObjectNode json =
                JsonFiles.object().put("name", name).put("engines", engines).put("slots", slots);
        heap.ifPresent(value -> json.put("heap", value));
        var paths = json.putArray("classPath");
        classPath.forEach(path -> paths.add(path.toString()));
        jvmArgs.forEach(json.putArray("jvmArgs")::add);
        new TreeSet<>(tags).forEach(json.putArray("tags")::add);
        json.put("workFolder", workFolder.toString());
        JsonFiles.write(file, json);
    }

    static LaunchSpec read(Path file) throws IOException {
        ObjectNode json = JsonFiles.read(file);
        return new LaunchSpec(
                json.path("name").asText(),
                json.path("engines").intValue(),
                json.path("slots").intValue(),
                Optional.ofNullable(json.path("heap").textValue()),
                texts(json.path("classPath")).stream().map(Path::of).toList(),
                texts(json.path("jvmArgs")),
                Set.copyOf(texts(json.path("tags"))),
                Path.of(json.path("workFolder").asText()));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
