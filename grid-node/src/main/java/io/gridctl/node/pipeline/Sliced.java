package io.gridctl.node.pipeline;

import io.gridctl.node.task.Layout;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list or an array that is cut into the parts of a layout. */
@SuppressWarnings("SuspiciousSystemArraycopy") // what is copied are arrays of one type, whichever it is
public final class Sliced {
    private final Object data;
    private final int length;

    private Sliced(Object data) {
        this.data = data;
        length = data instanceof List<?> list ? list.size() : Array.getLength(data);
    }

    /**
     * What is to be cut.
     *
     * @param data a list, another collection, whose order is its iterator's, or an array of any type; not copied
     * @return the same, ready to be cut
     * @throws IllegalArgumentException if it is neither
     */
    public static Sliced of(Object data) {
        if (data instanceof Collection<?> collection) {
            return new Sliced(collection instanceof List<?> list ? list : new ArrayList<>(collection));
        }
        if (!data.getClass().isArray()) {
            throw new IllegalArgumentException("data: a collection or an array can be scattered, not a "
                    + data.getClass().getName() + "; push gives one value to every engine");
        }
        return new Sliced(data);
    }

    /** {@return how many elements there are} */
    public int length() {
        return length;
    }

    /** {@return what it is, as a layout says it} */
    public String typeName() {
        return data instanceof List<?> ? Layout.LIST : data.getClass().getName();
    }

    /**
     * Cuts all parts out.
     *
     * @param layout which elements
     * @return new lists or arrays, in the layout's order
     */
    public List<@Nullable Object> cut(Layout layout) {
        List<@Nullable Object> parts = new ArrayList<>(layout.parts().size());
        layout.parts().forEach(part -> parts.add(cut(part)));
        return parts;
    }

    /**
     * Cuts a part out.
     *
     * @param part which elements
     * @return a new list or array, or the element itself if the part is a bare one
     */
    public @Nullable Object cut(Layout.Part part) {
        int offset = Math.toIntExact(part.offset());
        int count = Math.toIntExact(part.length());
        int stride = Math.toIntExact(part.stride());
        if (part.bare()) {
            return data instanceof List<?> list ? list.get(offset) : Elements.get(data, offset);
        }
        if (data instanceof List<?> list) {
            if (stride == 1) {
                return new ArrayList<>(list.subList(offset, offset + count));
            }
            List<Object> cut = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                cut.add(list.get(offset + i * stride));
            }
            return cut;
        }
        Object cut = Array.newInstance(data.getClass().getComponentType(), count);
        if (stride == 1) {
            System.arraycopy(data, offset, cut, 0, count);
        } else {
            for (int i = 0; i < count; i++) {
                System.arraycopy(data, offset + i * stride, cut, i, 1);
            }
        }
        return cut;
    }
}
