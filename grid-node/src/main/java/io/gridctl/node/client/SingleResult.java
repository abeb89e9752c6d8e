package io.gridctl.node.client;

import io.gridctl.GridException;
import io.gridctl.TextReply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call with one part. */
class SingleResult<T extends @Nullable Object> extends PartsResult<T> {
    SingleResult(CallContext context) {
        super(context);
    }

    @Override
    @SuppressWarnings("unchecked")
    final T assemble() {
        return (T) valueOf(parts().get(0));
    }

    @Override
    final GridException failure(List<GridException> failures) {
        return failures.get(0);
    }

    /** What came of a text. */
    static final class OfText extends SingleResult<TextReply> {
        OfText(CallContext context) {
            super(context);
        }

        @Override
        TextReply valueOf(PendingTask task) {
            return task.textReply();
        }
    }
}
