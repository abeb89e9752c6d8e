package io.gridctl.node.payload;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Classes by name, as one loader sees them. Found classes are remembered without being held. */
final class ClassNames {
    private static final Map<String, Class<?>> PRIMITIVES = Map.of(
            "boolean", boolean.class,
            "byte", byte.class,
            "char", char.class,
            "short", short.class,
            "int", int.class,
            "long", long.class,
            "float", float.class,
            "double", double.class,
            "void", void.class);

    private final WeakReference<ClassLoader> loader;
    private final Map<String, WeakReference<Class<?>>> known = new ConcurrentHashMap<>();

    ClassNames(ClassLoader loader) {
        this.loader = new WeakReference<>(loader);
    }

    Class<?> load(String name) {
        WeakReference<Class<?>> reference = known.get(name);
        Class<?> type = reference == null ? null : reference.get();
        if (type != null) {
            return type;
        }
        Class<?> found = find(name);
        known.put(name, new WeakReference<>(found));
        return found;
    }

    private Class<?> find(String name) {
        Class<?> primitive = PRIMITIVES.get(name);
        if (primitive != null) {
            return primitive;
        }
        try {
            if (PlatformClasses.isPlatform(name)) {
                return PlatformClasses.load(name);
            }
            return Class.forName(name, false, loader());
        } catch (ClassNotFoundException e) {
            throw PayloadException.missing(name, e);
        }
    }

    @Nullable
    ClassLoader loader() {
        return loader.get();
    }
}
