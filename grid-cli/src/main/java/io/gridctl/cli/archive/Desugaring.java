package io.gridctl.cli.archive;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Copies the library's jars, Hazelcast's and the grid's own with plain classes for lambdas and plain methods for string
 * concatenation. Linking what a compiler leaves for the JVM to make at the first use is a quarter of an engine's start,
 * as that runs in code which is still interpreted. The build runs it.
 */
public final class Desugaring {
    private Desugaring() {}

    /**
     * Copies jars.
     *
     * @param args the folder to copy from and the one to copy to, which is there
     * @throws IOException if a jar cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        Path to = Path.of(args[1]);
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of(args[0]), "*.jar")) {
            for (Path jar : jars) {
                Path copy = to.resolve(jar.getFileName());
                try {
                    copy(jar, copy);
                } catch (IOException e) {
                    throw new IOException("jar " + jar + " cannot be copied to " + copy, e);
                }
            }
        }
    }

    private static void copy(Path jar, Path copy) throws IOException {
        String name = jar.getFileName().toString();
        if (name.startsWith("hazelcast") || name.startsWith("grid-")) {
            DesugaredJar.of(jar).write(copy);
        } else {
            Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }
}
