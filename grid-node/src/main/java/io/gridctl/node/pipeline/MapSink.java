package io.gridctl.node.pipeline;

import com.hazelcast.map.IMap;
import io.gridctl.node.payload.PayloadCodec;
import io.gridctl.node.payload.PayloadException;
import io.gridctl.node.payload.Slices.Slice;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts entries into a map. What was put stays, whatever comes later. */
final class MapSink implements SinkStage.SliceSink {
    private static final int AT_ONCE = 1_000;

    private final PayloadCodec codec = new PayloadCodec();
    private final IMap<Object, Object> map;
    private final String name;
    private long items;

    MapSink(IMap<Object, Object> map, String name) {
        this.map = map;
        this.name = name;
    }

    @Override
    public void take(Slice slice) {
        Map<Object, Object> entries = new HashMap<>();
        for (Object element : elements(slice)) {
            Map.Entry<?, ?> entry = entry(element);
            entries.put(entry.getKey(), entry.getValue());
            if (entries.size() == AT_ONCE) {
                put(entries);
            }
        }
        put(entries);
    }

    private void put(Map<Object, Object> entries) {
        map.setAll(entries);
        items += entries.size();
        entries.clear();
    }

    /** A user's classes are read on slots only, and Hazelcast would have none of them. */
    private Collection<?> elements(Slice slice) {
        try {
            Object value = codec.decode(slice.payload(), ClassLoader.getPlatformClassLoader());
            if (value instanceof Collection<?> elements) {
                return elements;
            }
            if (value instanceof Object[] elements) {
                return Arrays.asList(elements);
            }
            throw new IllegalArgumentException("'" + name + "' is "
                    + (value == null ? "null" : "a " + value.getClass().getTypeName())
                    + "; a list of Map.Entry can be put into a map");
        } catch (PayloadException e) {
            throw new IllegalArgumentException(
                    "'" + name + "' has elements that are not of the JDK's types, and a map can only hold such: "
                            + e.getMessage() + " Make entries of them first",
                    e);
        }
    }

    private Map.Entry<?, ?> entry(@Nullable Object element) {
        if (element instanceof Map.Entry<?, ?> entry && entry.getKey() != null && entry.getValue() != null) {
            return entry;
        }
        throw new IllegalArgumentException("'" + name + "' has an element that is "
                + (element == null
                        ? "null"
                        : element instanceof Map.Entry
                                ? "an entry with a null"
                                : "a " + element.getClass().getName())
                + "; a map takes Map.Entry with key and value");
    }

    @Override
    public PipelineReport finish() {
        return PipelineReport.put(items);
    }

    @Override
    public void abandon() {
        // The failure says that a part of the entries is there.
    }
}
