package io.gridctl.node.pipeline;

import io.gridctl.function.RemoteBiFunction;
import io.gridctl.function.RemoteFunction;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The elements of an engine's part: of a list or an array, or the only one. For the engine's slot. */
public final class PartElements {
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
        return part instanceof List<?> list ? list.get(index) : Elements.get(part, index);
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
        return part instanceof List<?> list ? mapList(list, function) : mapArray(function);
    }

    private static List<@Nullable Object> mapList(
            List<?> elements, RemoteFunction<@Nullable Object, @Nullable Object> function) throws Exception {
        List<@Nullable Object> values = new ArrayList<>(elements.size());
        for (Object element : elements.toArray()) {
            look(values.size());
            values.add(function.apply(element));
        }
        return values;
    }

    private Object mapArray(RemoteFunction<@Nullable Object, @Nullable Object> function) throws Exception {
        int size = size();
        Packing values = new Packing(size);
        for (int i = 0; i < size; i++) {
            look(i);
            values.add(function.apply(element(i)));
        }
        return values.values();
    }

    private static void look(int index) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("cancelled before element " + index + " of its part");
        }
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
        int size = size();
        for (int i = 1; i < size; i++) {
            look(i);
            sum = operator.apply(sum, element(i));
        }
        return new @Nullable Object[] {sum};
    }
}
