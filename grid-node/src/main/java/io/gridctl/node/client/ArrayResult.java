package io.gridctl.node.client;

import io.gridctl.CompositeException;
import io.gridctl.GridException;
import io.gridctl.TaskState;
import io.gridctl.node.task.Layout;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map over a primitive array: chunks of it, whose values are put together by who asks for the whole first. */
final class ArrayResult<T> extends PartsResult<T> {
    private final Layout chunks;
    private final Class<?> component;
    private @Nullable Object whole;

    /**
     * @param chunks which elements each task has, those of one engine one behind the other
     * @param component the type of the elements
     */
    ArrayResult(CallContext context, Layout chunks, Class<?> component) {
        super(context);
        this.chunks = chunks;
        this.component = component;
    }

    @Override
    @SuppressWarnings({"unchecked", "SuspiciousSystemArraycopy"}) // values have the type of the elements
    synchronized T assemble() {
        if (whole == null) {
            Object values = Array.newInstance(component, (int) chunks.length());
            for (PendingTask chunk : parts()) {
                Layout.Part place = chunks.parts().get(chunk.index());
                System.arraycopy(valueOf(chunk), 0, values, (int) place.offset(), (int) place.length());
            }
            whole = values;
        }
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
