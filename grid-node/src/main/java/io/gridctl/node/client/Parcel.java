package io.gridctl.node.client;

import io.gridctl.GridException;
import io.gridctl.node.balance.Work;
import io.gridctl.node.task.FrameCall.TaskCall;
import io.gridctl.node.task.Outcome;
import io.gridctl.node.task.Outcome.News;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What goes to an engine as one: a task, or a chunk of a map's items, whose ids follow one another. */
interface Parcel extends Work {
    /** The id of its first task. */
    long id();

    default boolean covers(long id) {
        return id >= id() && id < id() + units();
    }

    CallResult<?> call();

    /** What all parcels of a frame share. */
    default CallSpec spec() {
        return call().spec();
    }

    /** Its form in a frame. */
    TaskCall toCall();

    /** It is about to be sent; false if it has ended, by a cancel, and is not to be. */
    boolean sentTo(EngineRef target);

    /** Where it is. */
    @Nullable
    EngineRef engine();

    void handedBack();

    /** Its engine was lost, and it will be sent to another. */
    void waitsAgain();

    /** The engine said how it ended; gives what is to be tried again. */
    List<Parcel> outcome(Outcome outcome);

    /** The engines on which it has failed and was to be tried again. */
    default List<Integer> failedOn() {
        return List.of();
    }

    void failed(GridException failure);

    void printed(News text);

    /** The part from one unit to before another, as a parcel of its own that is where this one is. */
    default Parcel part(int from, int to) {
        throw new IllegalStateException("one task has no parts");
    }
}
