package io.gridctl.node.pipeline;

import io.gridctl.GridException;
import io.gridctl.node.task.Layout;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Parts put together again as a layout says. Engines may have worked on their parts: where parts lie one behind the other
 * each may be of another length or type by now, and a value that is neither a list nor an array counts as one element.
 */
@SuppressWarnings("SuspiciousSystemArraycopy") // the types have been looked at
public final class Joined {
    private final Layout layout;
    private final List<? extends @Nullable Object> values;
    private final int length;

    private Joined(Layout layout, List<? extends @Nullable Object> values) {
        this.layout = layout;
        this.values = values;
        long sum = 0;
        for (int at = 0; at < values.size(); at++) {
            sum += size(at);
        }
        if (sum > Integer.MAX_VALUE - 8) {
            throw new GridException("the parts have " + sum + " elements together, and a list or an array holds "
                    + (Integer.MAX_VALUE - 8) + ": work on them in place");
        }
        length = (int) sum;
    }

    /**
     * Whether data can be put together to such a type.
     *
     * @param type what is asked for
     * @throws IllegalArgumentException if it is neither an array nor one of which a list is an instance
     */
    public static void requireJoinable(Class<?> type) {
        if (!type.isArray() && !type.isAssignableFrom(ArrayList.class)) {
            throw new IllegalArgumentException(
                    "type: gather gives a list or an array, not a " + type.getName() + "; try List.class");
        }
    }

    /**
     * Puts parts together.
     *
     * @param layout where the parts belong
     * @param values the parts' values, in the layout's order
     * @param wanted the type of the whole; null for that of the parts
     * @param classes finds the class of a name, or null
     * @return a new list or array
     * @throws GridException if parts of a cyclic layout have other lengths than they had, or an element does not fit the
     *     type
     */
    public static Object join(
            Layout layout,
            List<? extends @Nullable Object> values,
            @Nullable Class<?> wanted,
            Function<String, @Nullable Class<?>> classes) {
        Joined parts = new Joined(layout, values);
        Class<?> type = wanted == null ? parts.commonType(classes) : wanted;
        return type != null && type.isArray() ? parts.array(type) : parts.list();
    }

    private @Nullable Object value(int at) {
        return values.get(at);
    }

    private boolean isOne(int at) {
        Object value = value(at);
        boolean many =
                value instanceof List<?> || (value != null && value.getClass().isArray());
        return !many || layout.parts().get(at).bare();
    }

    private int size(int at) {
        if (isOne(at)) {
            return 1;
        }
        Object value = value(at);
        return value instanceof List<?> list ? list.size() : Array.getLength(value);
    }

    /** The type that all parts have if they are arrays; a bare element has that of the data that it was cut from. */
    private @Nullable Class<?> commonType(Function<String, @Nullable Class<?>> classes) {
        Class<?> common = null;
        Class<?> empty = null;
        for (int at = 0; at < values.size(); at++) {
            Object value = value(at);
            Class<?> type = layout.parts().get(at).bare()
                    ? cutFrom(value, classes)
                    : value == null || !value.getClass().isArray() ? null : value.getClass();
            if (type == null && size(at) > 0) {
                return null;
            }
            if (size(at) == 0) {
                // Of what an empty part would be counts only if nothing else tells.
                empty = type != null && layout.typeName().equals(type.getName()) ? type : empty;
                continue;
            }
            if (common != null && common != type) {
                return null;
            }
            common = type;
        }
        return length == 0 ? empty : common;
    }

    private @Nullable Class<?> cutFrom(@Nullable Object element, Function<String, @Nullable Class<?>> classes) {
        Class<?> type = layout.typeName().equals(Layout.LIST) ? null : classes.apply(layout.typeName());
        if (type == null) {
            return null;
        }
        Class<?> component = type.getComponentType();
        boolean fits = element == null
                ? !component.isPrimitive()
                : MethodType.methodType(component).wrap().returnType().isInstance(element);
        return fits ? type : null;
    }

    /** Where a part's elements go. */
    private interface Placing {
        void place(int at, int from, int stride, int count);
    }

    private void placeAll(Placing placing) {
        boolean block = layout.isBlock();
        int before = 0;
        for (int at = 0; at < values.size(); at++) {
            Layout.Part part = layout.parts().get(at);
            int count = size(at);
            if (!block && count != part.length()) {
                throw new GridException("engine " + part.engineId() + " has " + count
                        + " elements of its part by now, and "
                        + part.length() + " were scattered to it in turns, so it is not known where they belong; pull"
                        + " the parts instead");
            }
            placing.place(at, block ? before : (int) part.offset(), block ? 1 : (int) part.stride(), count);
            before += count;
        }
    }

    private Object array(Class<?> type) {
        Object whole = Array.newInstance(type.getComponentType(), length);
        placeAll((at, from, stride, count) -> {
            Object value = value(at);
            if (!isOne(at) && value != null && value.getClass() == type) {
                if (stride == 1) {
                    System.arraycopy(value, 0, whole, from, count);
                } else {
                    for (int i = 0; i < count; i++) {
                        System.arraycopy(value, i, whole, from + i * stride, 1);
                    }
                }
                return;
            }
            for (int i = 0; i < count; i++) {
                set(
                        whole,
                        from + i * stride,
                        element(at, i),
                        layout.parts().get(at).engineId());
            }
        });
        return whole;
    }

    private List<@Nullable Object> list() {
        List<@Nullable Object> whole = new ArrayList<>(Collections.nCopies(length, null));
        placeAll((at, from, stride, count) -> {
            for (int i = 0; i < count; i++) {
                whole.set(from + i * stride, element(at, i));
            }
        });
        return whole;
    }

    private @Nullable Object element(int at, int index) {
        Object value = value(at);
        if (isOne(at) || value == null) {
            return value;
        }
        return value instanceof List<?> list ? list.get(index) : Elements.get(value, index);
    }

    private static void set(Object array, int index, @Nullable Object element, int engineId) {
        try {
            Elements.set(array, index, element);
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new GridException(
                    "engine " + engineId + " has an element that does not fit into a "
                            + array.getClass().getSimpleName() + ": "
                            + (element == null ? "null" : element.getClass().getName()),
                    e);
        }
    }
}
