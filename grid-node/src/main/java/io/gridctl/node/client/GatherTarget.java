package io.gridctl.node.client;

import io.gridctl.node.payload.ValueSink.Place;
import io.gridctl.node.pipeline.Joined;
import io.gridctl.node.task.Layout;
import io.gridctl.node.task.StoredValue;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The whole that parts are gathered into. Large parts of a primitive array whose engines have left them as they were
 * scattered are read straight to their places in it; where others turn up, all are put together once they are there.
 */
final class GatherTarget {
    private final Layout layout;
    private final @Nullable Class<?> wanted;
    /** Null if parts have no places that are known beforehand. */
    private final @Nullable Class<?> type;

    private @Nullable Object whole;

    /** @param wanted the type of the whole; null for that of the parts */
    GatherTarget(Layout layout, @Nullable Class<?> wanted) {
        this.layout = layout;
        this.wanted = wanted;
        Class<?> scattered =
                layout.isBlock() && layout.length() <= Integer.MAX_VALUE - 8 ? primitives(layout.typeName()) : null;
        type = wanted == null || wanted == scattered ? scattered : null;
    }

    private static @Nullable Class<?> primitives(String typeName) {
        try {
            return typeName.matches("\\[[A-Z]") ? Class.forName(typeName) : null;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where a large part is to be read to; null if it is to be read into an array of its own. */
    synchronized @Nullable Place place(int part, StoredValue stored) {
        Layout.Part elements = layout.parts().get(part);
        if (type == null || elements.bare() || !stored.typeName().equals(type.getName())) {
            return null;
        }
        if (whole == null) {
            whole = Array.newInstance(type.getComponentType(), (int) layout.length());
        }
        return new Place(whole, (int) elements.offset(), (int) elements.length());
    }

    /** The whole, of the parts' values or the places that they were read to. */
    @SuppressWarnings("SuspiciousSystemArraycopy") // the types have been looked at
    synchronized Object join(List<? extends @Nullable Object> values, Function<String, @Nullable Class<?>> classes) {
        if (whole != null && areParts(values)) {
            for (int part = 0; part < values.size(); part++) {
                Object value = values.get(part);
                if (value != null && !(value instanceof Place)) {
                    int offset = (int) layout.parts().get(part).offset();
                    System.arraycopy(value, 0, whole, offset, Array.getLength(value));
                }
            }
            return whole;
        }
        List<@Nullable Object> own = new ArrayList<>(values.size());
        values.forEach(value -> own.add(value instanceof Place place ? place.copy() : value));
        return Joined.join(layout, own, wanted, classes);
    }

    private boolean areParts(List<? extends @Nullable Object> values) {
        for (int part = 0; part < values.size(); part++) {
            Object value = values.get(part);
            Layout.Part elements = layout.parts().get(part);
            if (!(value instanceof Place)
                    && (value == null
                            || value.getClass() != type
                            || elements.bare()
                            || Array.getLength(value) != elements.length())) {
                return false;
            }
        }
        return true;
    }
}
