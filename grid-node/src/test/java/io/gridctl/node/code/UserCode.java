package io.gridctl.node.code;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Programs that a user might have written: compiled from text and loaded apart from the tests' own classes. */
public final class UserCode {
    private UserCode() {}

    /** Compiles sources, each beginning with its package, and returns a loader of the classes. */
    public static ClassLoader compile(Path folder, String... sources) throws IOException {
        Path sourceFolder = Files.createDirectories(folder.resolve("source"));
        Path classFolder = Files.createDirectories(folder.resolve("classes"));
        List<Path> files = new ArrayList<>();
        for (String source : sources) {
            files.add(Files.writeString(sourceFolder.resolve(fileName(source)), source));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter problems = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            Iterable<? extends JavaFileObject> units = manager.getJavaFileObjectsFromPaths(files);
            List<String> options = List.of("-g", "--release", "17", "-proc:none", "-d", classFolder.toString());
            if (!compiler.getTask(problems, manager, null, options, null, units).call()) {
                throw new AssertionError(problems);
            }
        }
        return loader(classFolder);
    }

    public static ClassLoader loader(Path classFolder) throws IOException {
        return new URLClassLoader(new URL[] {classFolder.toUri().toURL()}, UserCode.class.getClassLoader());
    }

    private static String fileName(String source) {
        String rest = source.replaceFirst("(?s).*?public (final |abstract )*(class|interface|record|enum) ", "");
        return rest.replaceFirst("(?s)\\W.*", "") + ".java";
    }

    /** Calls a public static method without arguments. */
    public static Object call(ClassLoader loader, String className, String method) {
        try {
            return loader.loadClass(className).getMethod(method).invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(className + "." + method, e);
        }
    }
}
