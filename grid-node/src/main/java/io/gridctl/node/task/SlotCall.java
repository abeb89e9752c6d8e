package io.gridctl.node.task;

import org.jspecify.annotations.Nullable;

/** A task on an engine's slots that something on the same member waits for. Nothing here blocks. */
public interface SlotCall {
    /** {@return what came of it, null as long as it has not ended} */
    @Nullable
    Outcome outcome();

    /** Drops it if it waits, interrupts it if it runs. */
    void cancel();
}
