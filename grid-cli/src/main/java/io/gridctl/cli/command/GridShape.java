package io.gridctl.cli.command;

import io.gridctl.cli.config.ConfigFile;
import io.gridctl.cli.config.GridSettings;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what the engines are like, and the file that may say it instead. */
final class GridShape {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A YAML file that says what the grid is like; options win over it. Examples: folder config.")
    private @Nullable Path config;

    @Option(names = "--slots", paramLabel = "K", description = "Tasks that one engine runs at once (default: 1).")
    private @Nullable Integer slots;

    @Option(
            names = "--virtual-slots",
            description = "Run tasks on virtual threads, for many slots whose tasks mostly wait; from Java 21 on.")
    private @Nullable Boolean virtualSlots;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            description = "Heap of one engine, such as 512m or 4g (default: the engines share 60 %% of the memory).")
    private @Nullable String heap;

    @Option(
            names = {"--classpath", "-cp"},
            paramLabel = "PATHS",
            description =
                    "Jars and folders that all engines have; several times, or separated as on Java's class path.")
    private @Nullable List<String> classPath;

    @Option(
            names = "--jvm-arg",
            paramLabel = "ARG",
            description = "A further argument for the engines' JVMs, such as --jvm-arg=-Dkey=value; several times.")
    private @Nullable List<String> jvmArgs;

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            description = "A label that programs may choose engines by; several times.")
    private @Nullable Set<String> tags;

    /** Whether a file says what the grid is like. */
    boolean hasFile() {
        return config != null;
    }

    /** Whether anything at all was said. */
    boolean isGiven() {
        return hasFile()
                || slots != null
                || virtualSlots != null
                || heap != null
                || classPath != null
                || jvmArgs != null
                || tags != null;
    }

    /**
     * Refuses what does not fit together in a command that can have engines of its own.
     *
     * @param ownEngines whether it is to have them
     * @param choice says which grid it is to use otherwise
     */
    void check(boolean ownEngines, GridChoice choice) {
        if (ownEngines && choice.isGiven()) {
            throw new IllegalArgumentException(
                    "say -n or --config for engines of its own, or --name for a grid that runs, not both");
        }
        if (!ownEngines && isGiven()) {
            throw new IllegalArgumentException("the options for engines are for engines of its own; say how many with"
                    + " -n, or leave the options to gridctl start");
        }
    }

    /** What the options say, and behind them the file. */
    GridSettings settings(Optional<String> name, Optional<Integer> engines) {
        GridSettings options = new GridSettings(
                name,
                engines,
                Optional.ofNullable(slots),
                Optional.ofNullable(virtualSlots),
                Optional.ofNullable(heap),
                Optional.ofNullable(classPath).map(GridShape::paths),
                Optional.ofNullable(jvmArgs),
                Optional.ofNullable(tags));
        return config == null ? options : options.orElse(ConfigFile.read(config));
    }

    private static List<Path> paths(List<String> classPath) {
        List<Path> paths = new ArrayList<>();
        for (String entry : classPath) {
            for (String path : entry.split(File.pathSeparator, -1)) {
                if (!path.isBlank()) {
                    paths.add(path(path));
                }
            }
        }
        return paths;
    }

    private static Path path(String path) {
        try {
            return Path.of(path).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("the class path names '" + path + "', which is no path", e);
        }
    }
}
