package io.gridctl.node.pipeline;

import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values that come one after the other: an array without boxes while all are of one primitive type, else a list. */
final class Packing {
    private final int capacity;
    private int count;
    private @Nullable Object array;
    private @Nullable List<@Nullable Object> list;

    Packing(int capacity) {
        this.capacity = capacity;
    }

    void add(@Nullable Object value) {
        if (array == null && list == null) {
            begin(value);
        }
        if (array != null && Elements.put(array, count, value)) {
            count++;
            return;
        }
        list().add(value);
    }

    private void begin(@Nullable Object first) {
        Class<?> type = first == null
                ? null
                : MethodType.methodType(first.getClass()).unwrap().returnType();
        if (type != null && type.isPrimitive()) {
            array = Array.newInstance(type, capacity);
        }
    }

    /** With what is in the array already, which is no longer used. */
    private List<@Nullable Object> list() {
        if (list == null) {
            list = new ArrayList<>(capacity);
            for (int i = 0; i < count; i++) {
                list.add(Elements.get(array, i));
            }
            array = null;
        }
        return list;
    }

    /** All values, of which there are as many as the capacity says. */
    Object values() {
        return array == null ? list() : array;
    }
}
