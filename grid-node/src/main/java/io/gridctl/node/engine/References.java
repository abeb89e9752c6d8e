package io.gridctl.node.engine;

import io.gridctl.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts what references mean in their place, in a value and in the collections and arrays that it consists of. */
final class References {
    private References() {}

    /** What a reference means here. */
    interface Meaning {
        @Nullable
        Object of(Reference<?> reference) throws Throwable;
    }

    /** The same value if there is no reference in it, else one with other collections in place of those that have one. */
    static @Nullable Object resolve(@Nullable Object value, Meaning meaning) throws Throwable {
        if (value instanceof Reference<?> reference) {
            return meaning.of(reference);
        }
        if (!refers(value)) {
            return value;
        }
        if (value instanceof List<?> list) {
            return new ArrayList<>(resolveAll(list.toArray(), meaning));
        }
        if (value instanceof Set<?> set) {
            return new LinkedHashSet<>(resolveAll(set.toArray(), meaning));
        }
        if (value instanceof Map<?, ?> map) {
            Map<@Nullable Object, @Nullable Object> resolved = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                resolved.put(entry.getKey(), resolve(entry.getValue(), meaning));
            }
            return resolved;
        }
        return resolveAll((Object[]) value, meaning).toArray();
    }

    private static List<@Nullable Object> resolveAll(@Nullable Object[] parts, Meaning meaning) throws Throwable {
        List<@Nullable Object> resolved = new ArrayList<>(parts.length);
        for (Object part : parts) {
            resolved.add(resolve(part, meaning));
        }
        return resolved;
    }

    private static boolean refers(@Nullable Object value) {
        Stream<?> parts = value instanceof List<?> || value instanceof Set<?>
                ? ((Collection<?>) value).stream()
                : value instanceof Map<?, ?> map
                        ? map.values().stream()
                        : value != null && value.getClass() == Object[].class
                                ? Arrays.stream((Object[]) value)
                                : Stream.empty();
        return parts.anyMatch(part -> part instanceof Reference<?> || refers(part));
    }
}
