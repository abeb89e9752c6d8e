package io.gridctl.cli.code;

import io.gridctl.Grid;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * A program that a user might have written, compiled from text. It runs in the test's own process under a class loader
 * of its own, which costs nothing and is the same for the engines as a process of its own; where the way of starting
 * matters there is {@link ClientProcess}.
 */
final class UserProgram implements AutoCloseable {
    private final Path classes;
    private final URLClassLoader loader;

    private UserProgram(Path classes, List<Path> libraries) {
        this.classes = classes;
        URL[] urls = Stream.concat(Stream.of(classes), libraries.stream())
                .map(UserProgram::url)
                .toArray(URL[]::new);
        loader = new URLClassLoader(urls, UserProgram.class.getClassLoader());
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles sources into a folder; each begins with its package and its first class is public. */
    static UserProgram compile(Path folder, String... sources) throws IOException {
        return compile(folder, List.of(), sources);
    }

    static UserProgram compile(Path folder, List<Path> libraries, String... sources) throws IOException {
        Path sourceFolder = Files.createDirectories(folder.resolve("source"));
        Path classFolder = Files.createDirectories(folder.resolve("classes"));
        List<Path> files = new ArrayList<>();
        for (String source : sources) {
            Path file =
                    sourceFolder.resolve(packageOf(source).replace('.', '/')).resolve(typeOf(source) + ".java");
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, source));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter problems = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = new ArrayList<>(List.of("-g", "--release", "17", "-proc:none"));
            options.addAll(List.of("-d", classFolder.toString(), "-cp", classPath(libraries)));
            if (!compiler.getTask(problems, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call()) {
                throw new AssertionError(problems);
            }
        }
        return new UserProgram(classFolder, libraries);
    }

    /** The grid's jars and these. */
    static String classPath(List<Path> libraries) {
        return Stream.concat(
                        libraries.stream().map(Path::toString),
                        Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator)))
                .collect(Collectors.joining(java.io.File.pathSeparator));
    }

    private static String packageOf(String source) {
        return source.startsWith("package ") ? source.substring("package ".length(), source.indexOf(';')) : "";
    }

    private static String typeOf(String source) {
        String rest = source.replaceFirst(
                "(?s).*?public (final |abstract |sealed |non-sealed )*(class|interface|@interface|record|enum) ", "");
        return rest.replaceFirst("(?s)\\W.*", "");
    }

    Path classes() {
        return classes;
    }

    ClassLoader loader() {
        return loader;
    }

    /** Calls {@code public static Object method(Grid)}. */
    @Nullable
    Object call(String className, String method, Grid grid) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return loader.loadClass(className).getMethod(method, Grid.class).invoke(null, grid);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            throw e;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
