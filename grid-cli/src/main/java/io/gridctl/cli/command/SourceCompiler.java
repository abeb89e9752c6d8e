package io.gridctl.cli.command;

import io.gridctl.GridException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Compiles a program that is one source file. */
public final class SourceCompiler {
    private static final String CLASS = ".class";
    private static final String SOURCE = ".java";

    private SourceCompiler() {}

    /**
     * Compiles a source file.
     *
     * @param source the file
     * @param classPath what it may use
     * @param target an empty folder for its classes
     * @param err where the compiler's complaints go
     * @return the name of the class to run, or empty if it does not compile
     * @throws GridException if this Java has no compiler, or no class of the file has a main method
     */
    public static Optional<String> compile(Path source, String classPath, Path target, PrintWriter err) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new GridException("this Java (" + System.getProperty("java.home")
                    + ") has no compiler; use a JDK, or compile " + source + " into a jar and run that");
        }
        List<String> options = List.of("-cp", classPath, "-d", target.toString(), "-g", "-proc:none", "-Xlint:none");
        try (var files = compiler.getStandardFileManager(null, Locale.getDefault(), StandardCharsets.UTF_8)) {
            boolean compiled = compiler.getTask(err, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            err.flush();
            return compiled ? Optional.of(mainClass(source, target)) : Optional.empty();
        } catch (IOException e) {
            throw new GridException(source + " cannot be compiled: " + e.getMessage(), e);
        }
    }

    /** The class named like the file if it can be run, else the first one that can. */
    private static String mainClass(Path source, Path target) throws IOException {
        String stem = String.valueOf(source.getFileName()).replace(SOURCE, "");
        List<String> names;
        try (Stream<Path> files = Files.walk(target)) {
            names = files.map(file -> target.relativize(file).toString())
                    .filter(file -> file.endsWith(CLASS))
                    .map(file -> file.substring(0, file.length() - CLASS.length())
                            .replace(target.getFileSystem().getSeparator(), "."))
                    .sorted()
                    .toList();
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {urlOf(target)})) {
            List<String> runnable =
                    names.stream().filter(name -> hasMain(loader, name)).toList();
            return runnable.stream()
                    .filter(name -> name.equals(stem) || name.endsWith("." + stem))
                    .findFirst()
                    .or(() -> runnable.stream().findFirst())
                    .orElseThrow(() -> new GridException("no class in " + source + " has a main method"));
        }
    }

    private static URL urlOf(Path folder) {
        try {
            return folder.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("a folder always has a URL: " + folder, e);
        }
    }

    private static boolean hasMain(ClassLoader loader, String name) {
        try {
            Class.forName(name, false, loader).getMethod("main", String[].class);
            return true;
        } catch (NoSuchMethodException e) {
            return false;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the compiler wrote " + name + " and it cannot be loaded", e);
        }
    }
}
