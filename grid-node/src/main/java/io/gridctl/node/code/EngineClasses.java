package io.gridctl.node.code;

import io.gridctl.GridException;
import io.gridctl.node.payload.PlatformClasses;
import java.io.File;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The classes that every engine has and that therefore never travel: the JDK's, Hazelcast's and those of our API. */
final class EngineClasses {
    private static final Set<String> API_PACKAGES = Set.of("io.gridctl", "io.gridctl.function", "io.gridctl.spi");
    private static final ClassLoader API_LOADER = GridException.class.getClassLoader();
    private static final String API_ROOT = apiRoot();

    /** A user may have a class in one of our packages, so the jar decides too. Grows with the API's classes only. */
    private static final Map<String, Boolean> IN_API_JAR = new ConcurrentHashMap<>();

    private EngineClasses() {}

    private static String apiRoot() {
        String path = path(GridException.class.getName());
        URL url = API_LOADER.getResource(path);
        if (url == null) {
            throw new IllegalStateException("the API's class files cannot be read");
        }
        String text = url.toString();
        return text.substring(0, text.length() - path.length());
    }

    static String path(String className) {
        return className.replace('.', '/') + ".class";
    }

    static boolean has(String className) {
        return PlatformClasses.isPlatform(className)
                || className.startsWith("com.hazelcast.")
                || className.startsWith("org.jspecify.annotations.")
                || isApi(className);
    }

    private static boolean isApi(String className) {
        int dot = className.lastIndexOf('.');
        if (dot < 0 || !API_PACKAGES.contains(className.substring(0, dot))) {
            return false;
        }
        return IN_API_JAR.computeIfAbsent(className, name -> {
            URL url = API_LOADER.getResource(path(name));
            return url != null && url.toString().equals(API_ROOT + path(name));
        });
    }

    /** Loads a class for which {@link #has} holds. */
    static Class<?> load(String className) throws ClassNotFoundException {
        return PlatformClasses.isPlatform(className)
                ? PlatformClasses.load(className)
                : Class.forName(className, false, EngineClasses.class.getClassLoader());
    }

    /** Our API and the engine's extra class path. */
    static String classPath(@Nullable ClassLoader extra) {
        List<URL> roots = new ArrayList<>();
        roots.add(GridException.class.getProtectionDomain().getCodeSource().getLocation());
        if (extra instanceof URLClassLoader loader) {
            roots.addAll(Arrays.asList(loader.getURLs()));
        }
        return roots.stream()
                .map(root -> Path.of(URI.create(root.toString())).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
