package io.gridctl.node.client;

import io.gridctl.node.pipeline.Joined;
import io.gridctl.node.task.Layout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A map over a primitive array: a part for each engine, which are put together by who asks for the whole first. */
final class ArrayResult<T> extends PartsResult<T> {
    private final Layout layout;
    private @Nullable Object whole;

    ArrayResult(CallContext context, Layout layout) {
        super(context);
        this.layout = layout;
    }

    @Override
    @SuppressWarnings("unchecked")
    synchronized T assemble() {
        if (whole == null) {
            List<@Nullable Object> values = new ArrayList<>(parts().size());
            parts().forEach(part -> values.add(valueOf(part)));
            whole = Joined.join(layout, values, null, type -> null);
        }
        return (T) whole;
    }

    @Override
    long firstItem(int part) {
        return layout.parts().get(part).offset();
    }
}
