package io.gridctl.node.client;

import io.gridctl.GridException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call with one part. */
final class SingleResult<T extends @Nullable Object> extends PartsResult<T> {
    SingleResult(CallContext context) {
        super(context);
    }

    @Override
    @SuppressWarnings("unchecked")
    T assemble() {
        return (T) parts().get(0).result();
    }

    @Override
    GridException failure(List<GridException> failures) {
        return failures.get(0);
    }
}
