package io.gridctl.node.client;

import io.gridctl.GridException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call for its effect: its parts have no values. */
class EffectResult extends PartsResult<@Nullable Void> {
    EffectResult(CallContext context) {
        super(context);
    }

    @Override
    final @Nullable Void assemble() {
        return null;
    }

    /** The same with one part, whose failure is thrown as it is. */
    static final class Single extends EffectResult {
        Single(CallContext context) {
            super(context);
        }

        @Override
        GridException failure(List<GridException> failures) {
            return failures.get(0);
        }
    }
}
