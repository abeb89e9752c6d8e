package io.gridctl.node.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The jars that this code runs from, for the processes that it starts. */
public final class Installation {
    private static final int AOT_CACHE_SINCE = 25;

    private Installation() {}

    /**
     * The grid's own jars: those of the folder that {@code gridctl} was installed into, or else, in a program or a test
     * that brought them along, its whole class path.
     *
     * @return a class path
     */
    public static String classPath() {
        Optional<Path> library = library();
        if (library.isEmpty()) {
            String tested = System.getProperty("surefire.test.class.path");
            return tested == null ? System.getProperty("java.class.path") : tested;
        }
        try (Stream<Path> files = Files.list(library.get())) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".jar"))
                    .sorted()
                    .collect(Collectors.joining(File.pathSeparator));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The archive of loaded classes that the build made for this very JVM. It halves the time a process takes to start,
     * provided that its class path begins with {@link #classPath()}.
     *
     * @return arguments for {@code java}; none where there is no archive
     */
    public static List<String> archive() {
        boolean cache = Runtime.version().feature() >= AOT_CACHE_SINCE;
        String file = "gridctl-" + System.getProperty("java.version") + (cache ? ".aot" : ".jsa");
        return library()
                .map(folder -> folder.resolve(file))
                .filter(Files::isReadable)
                .map(archive -> List.of(
                        (cache ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive,
                        // Where it was made for. Elsewhere each process has all of it to adapt, and a copy of its own.
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:ArchiveRelocationMode=0",
                        "-Xlog:disable",
                        "-Xlog:all=error:stderr",
                        // An archive that fits only in part, or not at all, is no reason not to start.
                        cache ? "-Xlog:aot*=off,cds*=off:stderr" : "-Xlog:cds*=off:stderr"))
                .orElse(List.of());
    }

    private static Optional<Path> library() {
        CodeSource source = Installation.class.getProtectionDomain().getCodeSource();
        return source == null ? Optional.empty() : folderOf(source);
    }

    private static Optional<Path> folderOf(CodeSource source) {
        try {
            Path jar = Path.of(source.getLocation().toURI());
            Path folder = jar.getParent();
            return Files.isRegularFile(jar) && folder != null && hasCommandLine(folder)
                    ? Optional.of(folder)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean hasCommandLine(Path folder) {
        String[] jars = folder.toFile().list((parent, name) -> name.startsWith("grid-cli"));
        return jars != null && jars.length > 0;
    }
}
