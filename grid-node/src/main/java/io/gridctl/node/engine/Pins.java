package io.gridctl.node.engine;

import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what keeps a program's class loader from being collected though the program has left: threads that it started,
 * thread-locals that it set on threads that go on, shutdown hooks. No garbage collection is needed for that.
 *
 * <p>What the JDK keeps in closed fields is seen where the JVM opens {@code java.lang}, as an engine's own process does.
 */
final class Pins {
    private static final Logger log = LoggerFactory.getLogger(Pins.class);

    /** So many elements of a collection tell what is in it. */
    private static final int LOOKED_AT = 1000;

    private final ClassLoader loader;
    private final List<String> found = new ArrayList<>();

    private Pins(ClassLoader loader) {
        this.loader = loader;
    }

    /** What pins a loader, each with the class that gives it away; empty if nothing is found. */
    static List<String> of(ClassLoader loader) {
        Pins pins = new Pins(loader);
        Collection<Thread> threads = Thread.getAllStackTraces().keySet();
        threads.forEach(pins::lookAtThread);
        try {
            for (Thread thread : threads) {
                pins.lookAtThreadLocals(thread);
            }
            pins.lookAtShutdownHooks();
        } catch (ReflectiveOperationException | RuntimeException closed) {
            log.debug("this JVM does not show thread-locals and shutdown hooks", closed);
        }
        return List.copyOf(pins.found);
    }

    private void lookAtThread(Thread thread) {
        String type = ownType(thread);
        if (type != null) {
            found.add("thread '" + thread.getName() + "' (" + type + ") still runs");
        } else if (thread.getContextClassLoader() == loader) {
            found.add("thread '" + thread.getName() + "', which its task started or which still runs it, goes on");
        }
    }

    /** The program's class that a thread is or runs, or null. */
    private @Nullable String ownType(Thread thread) {
        if (isOwn(thread.getClass())) {
            return thread.getClass().getName();
        }
        try {
            Object target = target(thread);
            return target != null && isOwn(target.getClass()) ? name(target.getClass()) : null;
        } catch (ReflectiveOperationException | RuntimeException closed) {
            log.debug("this JVM does not show what thread {} runs", thread.getName(), closed);
            return null;
        }
    }

    /** A function's class has no name that its writer knows. */
    private static String name(Class<?> type) {
        int generated = type.getName().indexOf("$$Lambda");
        return generated < 0
                ? type.getName()
                : "a function of " + type.getName().substring(0, generated);
    }

    /** Where a JDK keeps it, before and since Java 21. */
    private static @Nullable Object target(Thread thread) throws ReflectiveOperationException {
        boolean older = Arrays.stream(Thread.class.getDeclaredFields())
                .anyMatch(field -> field.getName().equals("target"));
        if (older) {
            return read(Thread.class, "target", thread);
        }
        Object holder = read(Thread.class, "holder", thread);
        return holder == null ? null : read(holder.getClass(), "task", holder);
    }

    private void lookAtThreadLocals(Thread thread) throws ReflectiveOperationException {
        for (String kind : List.of("threadLocals", "inheritableThreadLocals")) {
            Object map = read(Thread.class, kind, thread);
            Object[] table = map == null ? null : (Object[]) read(map.getClass(), "table", map);
            if (table == null) {
                continue;
            }
            for (Object entry : table) {
                Object value = entry == null ? null : read(entry.getClass(), "value", entry);
                String type = ownTypeIn(value);
                if (type != null) {
                    found.add("a ThreadLocal of thread '" + thread.getName() + "' holds a " + type);
                }
            }
        }
    }

    /** The program's class in a value or, one step further, in what a JDK collection or reference holds. */
    private @Nullable String ownTypeIn(@Nullable Object value) {
        Stream<?> parts = value instanceof Collection<?> collection
                ? collection.stream()
                : value instanceof Map<?, ?> map
                        ? map.entrySet().stream().flatMap(each -> Stream.of(each.getKey(), each.getValue()))
                        : value instanceof Object[] array ? Arrays.stream(array) : Stream.of();
        Stream<?> all =
                value == null || value instanceof Reference ? Stream.of() : Stream.concat(Stream.of(value), parts);
        return all.limit(LOOKED_AT)
                .filter(part -> part != null && isOwn(part instanceof Class<?> type ? type : part.getClass()))
                .map(part -> name(part instanceof Class<?> type ? type : part.getClass()))
                .findFirst()
                .orElse(null);
    }

    private void lookAtShutdownHooks() throws ReflectiveOperationException {
        Map<?, ?> hooks = (Map<?, ?>) read(Class.forName("java.lang.ApplicationShutdownHooks"), "hooks", null);
        if (hooks == null) {
            return; // the JVM ends
        }
        for (Object hook : hooks.keySet()) {
            if (hook instanceof Thread thread) {
                String type = ownType(thread);
                if (type != null || thread.getContextClassLoader() == loader) {
                    found.add("a shutdown hook (" + (type == null ? thread.getName() : type) + ")");
                }
            }
        }
    }

    private boolean isOwn(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return element.getClassLoader() == loader;
    }

    private static @Nullable Object read(Class<?> type, String name, @Nullable Object object)
            throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(object);
    }
}
