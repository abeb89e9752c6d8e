package io.gridctl.node.engine;

import io.gridctl.GridException;
import io.gridctl.node.payload.PlatformClasses;
import io.gridctl.node.shell.CompiledText;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What texts can call: methods of one name, or an object that has a method to implement. Chosen by the arguments. */
final class TextFunction {
    private final int engineId;
    private final String name;
    private final List<Way> ways;

    /** One method, and the variables it may read, assign or change. */
    private record Way(MethodHandle handle, Set<String> reached) {
        boolean takes(@Nullable Object[] arguments, BiPredicate<Class<?>, @Nullable Object> fits) {
            List<Class<?>> types = handle.type().parameterList();
            if (types.size() != arguments.length) {
                return false;
            }
            for (int at = 0; at < arguments.length; at++) {
                if (!fits.test(types.get(at), arguments[at])) {
                    return false;
                }
            }
            return true;
        }

        String parameters() {
            return handle.type().parameterList().stream()
                    .map(Class::getSimpleName)
                    .collect(Collectors.joining(", ", "(", ")"));
        }
    }

    private TextFunction(int engineId, String name, List<Way> ways) {
        this.engineId = engineId;
        this.name = name;
        this.ways = ways;
    }

    /** The methods of that name that texts have declared. */
    static TextFunction of(int engineId, String name, List<CompiledText.Method> methods, ClassLoader loader)
            throws ReflectiveOperationException {
        List<Way> ways = new ArrayList<>();
        for (CompiledText.Method method : methods) {
            for (Method declared :
                    Class.forName(method.className(), true, loader).getDeclaredMethods()) {
                if (declared.getName().equals(name)) {
                    ways.add(new Way(handle(declared), method.reached()));
                }
            }
        }
        return new TextFunction(engineId, name, ways);
    }

    /** An object, told by an expression that reaches some variables. */
    static TextFunction of(int engineId, String expression, @Nullable Object object, Set<String> reached)
            throws ReflectiveOperationException {
        Set<Method> methods = new LinkedHashSet<>();
        collect(object == null ? Object.class : object.getClass(), methods);
        List<Way> ways = new ArrayList<>();
        for (Method method : methods) {
            ways.add(new Way(handle(method).bindTo(object), reached));
        }
        if (ways.isEmpty()) {
            throw new GridException("engine " + engineId + ": '" + expression + "' is no function but "
                    + (object == null ? "null" : "of " + object.getClass()));
        }
        return new TextFunction(engineId, expression, ways);
    }

    private static MethodHandle handle(Method method) throws IllegalAccessException {
        if (!Modifier.isPublic(method.getDeclaringClass().getModifiers())) {
            method.setAccessible(true);
        }
        return MethodHandles.lookup().unreflect(method);
    }

    /** Methods that the interfaces of a class leave to be implemented. */
    private static void collect(Class<?> type, Set<Method> methods) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Class<?> implemented : each.getInterfaces()) {
                // Of the JDK's interfaces with one method many are not for functions, as Comparable.
                if (PlatformClasses.isPlatform(implemented)
                        && !implemented.isAnnotationPresent(FunctionalInterface.class)) {
                    continue;
                }
                Arrays.stream(implemented.getMethods())
                        .filter(method -> Modifier.isAbstract(method.getModifiers()))
                        .filter(method -> Arrays.stream(Object.class.getMethods())
                                .noneMatch(own -> own.getName().equals(method.getName())
                                        && Arrays.equals(own.getParameterTypes(), method.getParameterTypes())))
                        .forEach(methods::add);
            }
        }
    }

    /** The variables that a call with these arguments may touch. */
    Set<String> reached(@Nullable Object[] arguments) {
        return way(arguments).reached();
    }

    @Nullable
    Object call(@Nullable Object[] arguments) throws Throwable {
        return way(arguments).handle().invokeWithArguments(arguments);
    }

    private Way way(@Nullable Object[] arguments) {
        return ways.stream()
                .filter(way -> way.takes(arguments, TextFunction::isOf))
                .findFirst()
                .or(() -> ways.stream()
                        .filter(way -> way.takes(arguments, TextFunction::converts))
                        .findFirst())
                .orElseThrow(() -> new GridException("engine " + engineId + ": '" + name + "' takes "
                        + ways.stream().map(Way::parameters).collect(Collectors.joining(" or ")) + ", not "
                        + Arrays.stream(arguments)
                                .map(argument -> argument == null
                                        ? "null"
                                        : argument.getClass().getSimpleName())
                                .collect(Collectors.joining(", ", "(", ")"))));
    }

    private static boolean isOf(Class<?> type, @Nullable Object argument) {
        Class<?> boxed = type.isPrimitive()
                ? Objects.requireNonNull(Array.get(Array.newInstance(type, 1), 0))
                        .getClass()
                : type;
        return argument == null ? !type.isPrimitive() : boxed.isInstance(argument);
    }

    /** An array takes what an assignment takes: an int where a long is wanted. */
    private static boolean converts(Class<?> type, @Nullable Object argument) {
        try {
            Array.set(Array.newInstance(type, 1), 0, argument);
            return true;
        } catch (IllegalArgumentException | NullPointerException otherType) {
            return false;
        }
    }
}
