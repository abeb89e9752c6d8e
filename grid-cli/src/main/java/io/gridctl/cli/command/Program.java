package io.gridctl.cli.command;

import io.gridctl.GridException;
import io.gridctl.node.cluster.Installation;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * A program to run: what {@code java} has to be told.
 *
 * @param classPath its class path, the grid's jars included
 * @param mainClass the class to run
 * @param jvmArguments arguments before these
 */
record Program(String classPath, String mainClass, List<String> jvmArguments) {
    /**
     * Looks at the file without running anything.
     *
     * @throws IllegalArgumentException if it is neither a source file nor a jar
     * @throws GridException if it is a jar that does not say which class to run
     */
    static void check(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    Files.isDirectory(file) ? file + " is a folder; name a file" : "there is no file " + file);
        }
        if (!isSource(file) && !isJar(file)) {
            throw new IllegalArgumentException(file + " is neither a source file (.java) nor a jar (.jar)");
        }
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException(file + " cannot be read by this user");
        }
        if (isJar(file)) {
            mainClass(file);
        }
    }

    /**
     * Prepares a program.
     *
     * @param file a source file, which is compiled, or a jar
     * @param folder an empty folder for its classes
     * @return the program, or empty if it does not compile, which {@code err} has been told
     */
    static Optional<Program> prepare(Path file, Path folder, PrintWriter err) {
        String grid = Installation.classPath();
        if (isSource(file)) {
            // The grid's jars first: only then does the class-data archive fit, and a single file hides none of them.
            return SourceCompiler.compile(file, grid, folder, err)
                    .map(main -> new Program(grid + File.pathSeparator + folder, main, Installation.archive()));
        }
        // A jar may bring its own version of something that the grid uses too, and then it gets its own.
        return Optional.of(new Program(file.toAbsolutePath() + File.pathSeparator + grid, mainClass(file), List.of()));
    }

    private static boolean isSource(Path file) {
        return file.toString().endsWith(".java");
    }

    private static boolean isJar(Path file) {
        return file.toString().endsWith(".jar");
    }

    private static String mainClass(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            String main = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
            if (main == null) {
                throw new GridException(file + " does not say which class to run; its manifest needs a Main-Class");
            }
            return main;
        } catch (IOException e) {
            throw new GridException(file + " is no jar that can be read: " + e.getMessage(), e);
        }
    }

    static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("gridctl-run-");
        } catch (IOException e) {
            throw new GridException("no temporary folder can be made for the program's classes: " + e.getMessage(), e);
        }
    }

    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new GridException("the temporary folder " + folder + " cannot be removed: " + e.getMessage(), e);
        }
    }
}
