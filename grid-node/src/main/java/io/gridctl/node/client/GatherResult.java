package io.gridctl.node.client;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parts on their way back, which are put together by who asks for the whole first. */
final class GatherResult<T> extends PartsResult<T> {
    private final GatherTarget target;
    private final ClassLoader classes;
    private @Nullable Object whole;

    GatherResult(CallContext context, GatherTarget target, ClassLoader classes) {
        super(context);
        this.target = target;
        this.classes = classes;
    }

    @Override
    @SuppressWarnings("unchecked")
    synchronized T assemble() {
        if (whole == null) {
            List<@Nullable Object> values = new ArrayList<>(parts().size());
            parts().forEach(part -> values.add(valueOf(part)));
            whole = target.join(values, this::find);
        }
        return (T) whole;
    }

    private @Nullable Class<?> find(String className) {
        try {
            return Class.forName(className, false, classes);
        } catch (ClassNotFoundException e) {
            // Who asks gets a list.
            return null;
        }
    }
}
