package io.gridctl.node.perf;

import io.gridctl.GridException;
import io.gridctl.function.RemoteFunction;
import io.gridctl.node.cluster.Installation;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A program of so many classes, compiled into a folder of its own. Its function needs every one of them: each class makes
 * an object and hands it to the next.
 */
final class FreshProgram implements AutoCloseable {
    private static final String MAIN = """
            public class Main {
                public static io.gridctl.function.RemoteFunction<Integer, Integer> whole() {
                    return x -> NEXT;
                }

                public static io.gridctl.function.RemoteFunction<Integer, Integer> echo() {
                    return x -> x;
                }
            }
            """;
    private static final String LINK = """
            class LinkHERE {
                private final int number;
                private final String name;

                LinkHERE(int number) {
                    this.number = number + 1;
                    this.name = "link";
                }

                static int follow(int x) {
                    LinkHERE link = new LinkHERE(x);
                    return NEXT;
                }

                @Override
                public String toString() {
                    return name + number;
                }
            }
            """;

    private final Path folder;
    private final int classes;

    /** Compiles a program. */
    FreshProgram(int classes) throws IOException {
        this.classes = classes;
        folder = Files.createTempDirectory("gridctl-perf");
        Path source = Files.writeString(folder.resolve("Main.java"), source(classes));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new GridException("this Java (" + System.getProperty("java.home")
                    + ") has no compiler, which the first_task figures need; use a JDK");
        }
        List<String> options = List.of("-cp", Installation.classPath(), "-d", folder.toString(), "-proc:none");
        StringWriter problems = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            boolean compiled = compiler.getTask(problems, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            if (!compiled) {
                throw new IllegalStateException("the program does not compile: " + problems);
            }
        }
    }

    private static String source(int classes) {
        StringBuilder text = new StringBuilder(MAIN.replace("NEXT", next(1, classes, "x")));
        for (int number = 1; number < classes; number++) {
            text.append(LINK.replace("HERE", Integer.toString(number))
                    .replace("NEXT", next(number + 1, classes, "link.number")));
        }
        return text.toString();
    }

    private static String next(int number, int classes, String value) {
        return number < classes ? "Link" + number + ".follow(" + value + ")" : value;
    }

    /**
     * The program in one loader.
     *
     * @param whole runs through all classes and gives how many links there are, if it begins with 0
     * @param echo gives back its argument
     */
    record Loaded(RemoteFunction<Integer, Integer> whole, RemoteFunction<Integer, Integer> echo) {}

    /** How many links there are. */
    int links() {
        return classes - 1;
    }

    /** The program in a loader that nobody has seen, as if it had just started. */
    Loaded load() throws IOException, ReflectiveOperationException {
        Class<?> main = new URLClassLoader(new URL[] {folder.toUri().toURL()}).loadClass("Main");
        return new Loaded(function(main, "whole"), function(main, "echo"));
    }

    @SuppressWarnings("unchecked")
    private static RemoteFunction<Integer, Integer> function(Class<?> main, String name)
            throws ReflectiveOperationException {
        return (RemoteFunction<Integer, Integer>)
                Objects.requireNonNull(main.getMethod(name).invoke(null));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted((one, other) -> other.compareTo(one)).forEach(FreshProgram::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
