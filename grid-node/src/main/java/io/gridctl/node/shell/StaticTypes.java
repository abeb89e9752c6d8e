package io.gridctl.node.shell;

import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The type under which a text knows a value: that of its class, as one would write it, with type arguments that its
 * elements tell; or the nearest type that a text may name.
 */
public final class StaticTypes {
    private static final Map<Class<?>, String> PRIMITIVES = Map.of(
            Integer.class, "int",
            Long.class, "long",
            Double.class, "double",
            Float.class, "float",
            Short.class, "short",
            Byte.class, "byte",
            Character.class, "char",
            Boolean.class, "boolean");
    private static final String ANY = "Object";

    private final Function<Class<?>, Optional<String>> ofText;

    /**
     * Types for one engine's texts.
     *
     * @param ofText the name of a class that a text has declared and that is the one of that name now, else empty
     */
    public StaticTypes(Function<Class<?>, Optional<String>> ofText) {
        this.ofText = ofText;
    }

    /**
     * The type of a variable for a value.
     *
     * @param value the value, may be null
     * @return a type as one would write it; primitive for a boxed value
     */
    public String of(@Nullable Object value) {
        String primitive = value == null ? null : PRIMITIVES.get(value.getClass());
        return primitive == null ? reference(value) : primitive;
    }

    /**
     * Whether all objects of a value's class have the same type, rather than one that their contents tell.
     *
     * @param value the value, may be null
     * @return false where there are type arguments to be told
     */
    public boolean isOfClass(@Nullable Object value) {
        return value == null
                || value.getClass().isArray()
                || nearest(value.getClass()).getTypeParameters().length == 0;
    }

    private String reference(@Nullable Object value) {
        if (value == null) {
            return ANY;
        }
        Class<?> type = value.getClass();
        if (type.isArray()) {
            return array(type);
        }
        Class<?> nearest = nearest(type);
        String name = name(nearest);
        return switch (nearest.getTypeParameters().length) {
            case 0 -> name;
            case 1 -> name + arguments(elements(value));
            case 2 -> name + (value instanceof Map<?, ?> map ? arguments(map.keySet(), map.values()) : "");
            default -> name;
        };
    }

    private String array(Class<?> type) {
        Class<?> component = type.getComponentType();
        if (component.isArray()) {
            return array(component) + "[]";
        }
        return (component.isPrimitive() ? component.getName() : name(nearest(component))) + "[]";
    }

    private static @Nullable Collection<?> elements(Object value) {
        if (value instanceof Collection<?> collection) {
            return collection;
        }
        return value instanceof Optional<?> optional ? optional.stream().toList() : null;
    }

    /** Nothing, a raw type, if the elements do not tell: it takes whatever comes. */
    private String arguments(@Nullable Collection<?>... contents) {
        StringBuilder text = new StringBuilder();
        for (Collection<?> content : contents) {
            String common = content == null ? null : common(content);
            if (common == null) {
                return "";
            }
            text.append(text.length() == 0 ? "<" : ", ").append(common);
        }
        return text.append(">").toString();
    }

    /** The type of all elements; null if there is none that says more than {@code Object}. */
    private @Nullable String common(Collection<?> elements) {
        String common = null;
        boolean numbers = true;
        Class<?> last = null;
        for (Object element : elements) {
            if (element == null) {
                continue;
            }
            numbers &= element instanceof Number;
            boolean plain = element.getClass() == last && last.getTypeParameters().length == 0 && !last.isArray();
            String own = plain && common != null ? common : reference(element);
            if (common != null && !common.equals(own)) {
                return numbers ? "Number" : null;
            }
            common = own;
            last = element.getClass();
        }
        return ANY.equals(common) ? null : common;
    }

    private String name(Class<?> type) {
        return ofText.apply(type).orElseGet(() -> {
            String canonical = type.getCanonicalName();
            if (type.getPackageName().isEmpty()) {
                return UnnamedPackage.NAME + "." + canonical;
            }
            return type.getPackageName().equals("java.lang") ? canonical.substring("java.lang.".length()) : canonical;
        });
    }

    /** The class itself, or of its nearest supertypes the one that can do most. */
    private Class<?> nearest(Class<?> type) {
        Set<Class<?>> candidates = new LinkedHashSet<>();
        Deque<Class<?>> open = new ArrayDeque<>(List.of(type));
        while (!open.isEmpty()) {
            Class<?> next = open.remove();
            if (isAccessible(next)) {
                candidates.add(next);
            } else {
                Optional.ofNullable(next.getSuperclass()).ifPresent(open::add);
                open.addAll(Arrays.asList(next.getInterfaces()));
            }
        }
        candidates.remove(Object.class);
        return candidates.stream()
                .filter(one -> candidates.stream().noneMatch(other -> other != one && one.isAssignableFrom(other)))
                .max(Comparator.comparingInt(one -> one.getMethods().length))
                .orElse(Object.class);
    }

    private boolean isAccessible(Class<?> type) {
        if (ofText.apply(type).isPresent()) {
            return true;
        }
        if (type.getCanonicalName() == null || type.isSynthetic()) {
            return false;
        }
        for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
            if (!Modifier.isPublic(each.getModifiers())) {
                return false;
            }
        }
        return !type.getName().startsWith("REPL.")
                && type.getModule().isExported(type.getPackageName(), StaticTypes.class.getModule());
    }
}
