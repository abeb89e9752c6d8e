package io.gridctl.node.code;

import io.gridctl.NotShippableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The class files that one loader sees, each read once, except for those of a prompt, which may be replaced in place. The
 * loader is asked for the files as resources, so that no class is loaded only to be sent, and it is not kept alive by this
 * index.
 */
final class LoaderIndex {
    private static final Map<ClassLoader, LoaderIndex> INDEXES = Collections.synchronizedMap(new WeakHashMap<>());

    private final WeakReference<ClassLoader> loader;
    private final Map<String, Analysed> analysed = new ConcurrentHashMap<>();
    private final Map<String, String> locations = new ConcurrentHashMap<>();

    record Analysed(ClassFile file, List<String> references) {}

    private LoaderIndex(ClassLoader loader) {
        this.loader = new WeakReference<>(loader);
    }

    static LoaderIndex of(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        if (loader == null) {
            throw new IllegalArgumentException(type + " belongs to the JDK");
        }
        return of(loader);
    }

    static LoaderIndex of(ClassLoader loader) {
        return INDEXES.computeIfAbsent(loader, LoaderIndex::new);
    }

    /**
     * The folder or jar that a class is in, or an empty text if there is no such class: its URL without its own path,
     * whatever kind of URL the loader makes. A package is looked up once, for it is rarely in two places.
     */
    String location(String className) {
        int dot = className.lastIndexOf('.');
        String packageName = dot < 0 ? "" : className.substring(0, dot);
        String known = locations.get(packageName);
        if (known != null) {
            return known;
        }
        String path = EngineClasses.path(className);
        ClassLoader alive = loader.get();
        URL url = alive == null ? null : alive.getResource(path);
        if (url == null) {
            return "";
        }
        String text = url.toString();
        String location = text.endsWith(path) ? text.substring(0, text.length() - path.length()) : text;
        locations.put(packageName, location);
        return location;
    }

    static boolean isFolder(String location) {
        return location.startsWith("file:") && location.endsWith("/");
    }

    /** The class of this name, or null if it cannot be found, which is normal for optional libraries. */
    @Nullable
    Analysed find(String what, String name) {
        Analysed known = analysed.get(name);
        if (known != null && !PromptVariables.isOfPrompt(name)) {
            return known;
        }
        byte[] bytes = read(name);
        if (bytes == null) {
            refuseIfLoaded(what, name);
            return null;
        }
        if (known != null && Arrays.equals(bytes, known.file().bytes())) {
            return known;
        }
        List<String> references = references(what, name, bytes).stream()
                .filter(each -> !EngineClasses.has(each))
                .toList();
        Analysed found = new Analysed(ClassFile.of(name, bytes), references);
        analysed.put(name, found);
        return found;
    }

    private static List<String> references(String what, String name, byte[] bytes) {
        try {
            return ClassReferences.of(bytes);
        } catch (IllegalArgumentException unreadable) {
            throw new NotShippableException(
                    "cannot send the " + what + ": the class file of " + name + " cannot be read: "
                            + unreadable.getMessage() + ". Compile the class again, with --release if this Java is"
                            + " newer than the grid knows.",
                    unreadable);
        }
    }

    private byte @Nullable [] read(String name) {
        ClassLoader alive = loader.get();
        if (alive == null) {
            return null;
        }
        try (InputStream in = alive.getResourceAsStream(EngineClasses.path(name))) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading the class file of " + name, e);
        }
    }

    private void refuseIfLoaded(String what, String name) {
        try {
            Class.forName(name, false, loader.get());
        } catch (ClassNotFoundException | LinkageError e) {
            return;
        }
        throw new NotShippableException("cannot send the " + what + ": its class " + name
                + " was made at run time and its loader does not give its bytes. Compile the class to a file, or give"
                + " the code as text with execute.");
    }
}
