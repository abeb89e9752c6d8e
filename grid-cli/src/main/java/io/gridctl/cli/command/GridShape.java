package io.gridctl.cli.command;

import io.gridctl.node.cluster.LaunchSpec;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what the engines are like. */
final class GridShape {
    @Option(
            names = "--slots",
            paramLabel = "K",
            defaultValue = "1",
            description = "Tasks that one engine runs at once (default: ${DEFAULT-VALUE}).")
    private int slots = 1;

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
    private List<String> classPath = new ArrayList<>();

    @Option(
            names = "--jvm-arg",
            paramLabel = "ARG",
            description = "A further argument for the engines' JVMs, such as --jvm-arg=-Dkey=value; several times.")
    private List<String> jvmArgs = new ArrayList<>();

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            description = "A label that programs may choose engines by; several times.")
    private Set<String> tags = new LinkedHashSet<>();

    LaunchSpec spec(String name, int engines) {
        List<Path> paths = new ArrayList<>();
        for (String entry : classPath) {
            for (String path : entry.split(File.pathSeparator, -1)) {
                if (!path.isBlank()) {
                    paths.add(Path.of(path).toAbsolutePath().normalize());
                }
            }
        }
        return LaunchSpec.of(name, engines).withEngines(slots, tags).withJvm(Optional.ofNullable(heap), paths, jvmArgs);
    }
}
