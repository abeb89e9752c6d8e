package io.gridctl.node.client;

import io.gridctl.CompositeException;
import io.gridctl.GridException;
import io.gridctl.TaskState;
import io.gridctl.node.payload.ValueSink;
import io.gridctl.node.task.Layout;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A map over a primitive array: chunks of it, whose values go to their places in the whole as they arrive. */
final class ArrayResult<T> extends PartsResult<T> {
    private final Layout chunks;

    /** The values, of which those of chunks that have not ended are missing. */
    private final Object whole;

    /**
     * @param chunks which elements each task has, those of one engine one behind the other
     * @param component the type of the elements
     */
    ArrayResult(CallContext context, Layout chunks, Class<?> component) {
        super(context);
        this.chunks = chunks;
        whole = Array.newInstance(component, (int) chunks.length());
    }

    /** Takes a chunk's values, so many bytes, to their place. */
    void place(int chunk, int length, Consumer<ValueSink> values) {
        Layout.Part part = chunks.parts().get(chunk);
        ValueSink.Place place = new ValueSink.Place(whole, (int) part.offset(), (int) part.length());
        ValueSink sink = new ValueSink(length, place);
        values.accept(sink);
        if (sink.taken().value() != place) {
            throw new IllegalStateException("a chunk has as many values as elements, of their type");
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    T assemble() {
        return (T) whole;
    }

    @Override
    long firstItem(int part) {
        return chunks.parts().get(part).offset();
    }

    /** The first of each engine's. */
    @Override
    GridException failure(List<GridException> failures) {
        Map<Integer, GridException> first = new LinkedHashMap<>();
        for (PendingTask chunk : parts()) {
            int engine = chunks.parts().get(chunk.index()).engineId();
            if (chunk.state() == TaskState.FAILED && !first.containsKey(engine)) {
                try {
                    chunk.result();
                } catch (GridException failure) {
                    first.put(engine, failure);
                }
            }
        }
        return new CompositeException(new ArrayList<>(first.values()), (int)
                chunks.engines().stream().distinct().count());
    }
}
