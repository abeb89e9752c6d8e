package io.gridctl.node.pipeline;

import io.gridctl.function.RemoteBiFunction;
import io.gridctl.function.RemoteFunction;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The elements of an engine's part: of a list or an array, or the only one. For the engine's slot. */
public final class PartElements {
    private static final List<Class<?>> PRIMITIVES = List.of(
            int.class, long.class, double.class, float.class, short.class, byte.class, char.class, boolean.class);

    private final @Nullable Object part;
    private final boolean one;

    private PartElements(@Nullable Object part, boolean one) {
        this.part = part;
        this.one = one;
    }

    /**
     * The elements of a value.
     *
     * @param part a list, an array, or else the only element
     * @param bare whether it is the only element, whatever it is
     * @return its elements
     */
    public static PartElements of(@Nullable Object part, boolean bare) {
        boolean many =
                part instanceof List<?> || (part != null && part.getClass().isArray());
        return new PartElements(part, bare || !many);
    }

    private int size() {
        if (one || part == null) {
            return 1;
        }
        return part instanceof List<?> list ? list.size() : Array.getLength(part);
    }

    private @Nullable Object element(int index) {
        if (one || part == null) {
            return part;
        }
        return part instanceof List<?> list ? list.get(index) : Array.get(part, index);
    }

    /**
     * Calls a function with each element, in order.
     *
     * @param function what to call
     * @return a list of the values; of an array's elements an array, if all values are of one primitive type
     * @throws Exception what the function throws
     */
    public @Nullable Object map(RemoteFunction<@Nullable Object, @Nullable Object> function) throws Exception {
        if (one) {
            return function.apply(part);
        }
        List<@Nullable Object> values = new ArrayList<>(size());
        for (int i = 0; i < size(); i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("cancelled before element " + i + " of its part");
            }
            values.add(function.apply(element(i)));
        }
        return part instanceof List<?> ? values : packed(values);
    }

    private Object packed(List<@Nullable Object> values) {
        Object first = values.isEmpty() ? null : values.get(0);
        for (Class<?> primitive : PRIMITIVES) {
            Class<?> box = MethodType.methodType(primitive).wrap().returnType();
            if (box.isInstance(first) && values.stream().allMatch(box::isInstance)) {
                Object array = Array.newInstance(primitive, values.size());
                for (int i = 0; i < values.size(); i++) {
                    Array.set(array, i, values.get(i));
                }
                return array;
            }
        }
        return values;
    }

    /**
     * Combines the elements, from the first to the last.
     *
     * @param operator combines what there is with the next one
     * @return an array of the one value, or an empty one if there are no elements
     * @throws Exception what the operator throws
     */
    public @Nullable Object[] reduce(RemoteBiFunction<@Nullable Object, @Nullable Object, @Nullable Object> operator)
            throws Exception {
        if (size() == 0) {
            return new Object[0];
        }
        @Nullable Object sum = element(0);
        for (int i = 1; i < size(); i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("cancelled before element " + i + " of its part");
            }
            sum = operator.apply(sum, element(i));
        }
        return new @Nullable Object[] {sum};
    }
}
