package io.gridctl.node.client;

import io.gridctl.GridException;
import io.gridctl.ScatterException;
import io.gridctl.TaskState;
import io.gridctl.node.task.Layout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parts on their way to engines. */
final class ScatterResult extends PartsResult<@Nullable Void> {
    private final String name;
    private final Layout layout;

    ScatterResult(CallContext context, String name, Layout layout) {
        super(context);
        this.name = name;
        this.layout = layout;
    }

    @Override
    @Nullable
    Void assemble() {
        return null;
    }

    @Override
    GridException failure(List<GridException> failures) {
        List<Integer> present = new ArrayList<>();
        List<Integer> missing = new ArrayList<>();
        for (PendingTask part : parts()) {
            int engine = layout.engines().get(part.index());
            (part.state() == TaskState.SUCCEEDED ? present : missing).add(engine);
        }
        return new ScatterException(name, present, missing, failures);
    }
}
