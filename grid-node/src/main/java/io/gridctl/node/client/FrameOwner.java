package io.gridctl.node.client;

import java.util.List;

/** Who is told what becomes of the parcels of a frame. */
interface FrameOwner {
    /** A parcel came back in parts, which are known one by one from now on. */
    void split(EngineLink link, Parcel whole, List<Parcel> parts);

    /**
     * A frame was answered, or outcomes came later. Who waits for those that ended learns of it after this: the
     * engine is known to be free when the next call is made.
     */
    void answered(EngineLink link, List<Ended> ended, List<Parcel> handedBack, List<Parcel> late);

    /** These have failed and are to be tried again. Comes after the answer that they ended with. */
    void again(List<Parcel> failed);

    /** A task that runs waits, and another may run in its place; or no longer. Comes after the answer to its frame. */
    void lends(EngineLink link, Parcel task, boolean lent);

    /** The engine is gone; these have no outcome. The load-balanced view is told in any case, others if there are any. */
    void lost(EngineLink link, List<Parcel> unanswered);
}
