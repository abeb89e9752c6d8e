package io.gridctl.node.client;

import io.gridctl.GridException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The calls of user code that have not ended, each until its end. Any thread may use it. */
final class OpenCalls {
    private final Set<CallResult<?>> open = ConcurrentHashMap.newKeySet();

    void add(CallResult<?> call) {
        open.add(call);
        call.whenEnded(() -> open.remove(call));
    }

    /** All have failed. */
    void fail(GridException reason) {
        open.forEach(call -> call.failOpen(reason));
    }

    /** Cancels all, and says how many that were. */
    int cancel() {
        int cancelled = 0;
        for (CallResult<?> call : open) {
            if (call.cancel(true)) {
                cancelled++;
            }
        }
        return cancelled;
    }
}
