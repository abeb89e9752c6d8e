package io.gridctl.node.client;

import io.gridctl.node.task.FrameCall;
import java.util.List;

/** A frame between its sending and its answer. */
final class FrameFlight {
    /** As it was sent last. */
    volatile FrameCall call;

    final FrameOwner owner;
    /** All, also those that had ended before they could be sent. */
    final List<Parcel> parcels;
    /** Those in the frame, in its order. */
    final List<Parcel> sent;

    FrameFlight(FrameCall call, FrameOwner owner, List<Parcel> parcels, List<Parcel> sent) {
        this.call = call;
        this.owner = owner;
        this.parcels = parcels;
        this.sent = sent;
    }

    boolean covers(long task) {
        for (Parcel parcel : sent) {
            if (parcel.covers(task)) {
                return true;
            }
        }
        return false;
    }
}
