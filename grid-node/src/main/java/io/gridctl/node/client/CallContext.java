package io.gridctl.node.client;

import io.gridctl.node.task.CancelCall;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * What a call needs of its grid.
 *
 * @param idPrefix makes task ids unique in the grid
 * @param codec reads values
 * @param threads serve user code
 * @param canceller reaches the engines
 * @param policy what is done about failures and time
 */
record CallContext(String idPrefix, CodecAccess codec, Executor threads, Canceller canceller, TaskPolicy policy) {
    /** Drops tasks wherever they are. */
    interface Canceller {
        void cancel(List<Parcel> tasks, CancelCall.Manner manner);
    }

    void cancel(List<Parcel> tasks, CancelCall.Manner manner) {
        canceller.cancel(tasks, manner);
    }
}
