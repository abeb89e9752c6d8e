package io.gridctl.node.task;

import io.gridctl.NamedValue;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** What an engine does for its clients. Calls come on Hazelcast's executor threads. */
public interface EngineDesk {
    /** Where a member keeps its desk in Hazelcast's user context. */
    String CONTEXT_KEY = "io.gridctl.desk";

    /**
     * Takes a frame, once, and waits until its tasks have ended or its time is over. A frame that was taken before is
     * answered again.
     *
     * @param frame the frame
     * @return what has ended, what goes on, what was handed back
     * @throws InterruptedException if the engine shuts down
     */
    FrameReply accept(FrameCall frame) throws InterruptedException;

    /**
     * The same for a thread that must not wait: takes the frame if all that it needs is there.
     *
     * @param frame the frame
     * @param answer is given what has ended, what goes on, what was handed back; by any thread, perhaps before this
     *     returns
     * @return whether it was taken; nothing has changed if not
     */
    boolean accept(FrameCall frame, Consumer<FrameReply> answer);

    /**
     * Gives a task to the slots on behalf of something on this member, which asks for its end. Does not wait.
     *
     * @param frame a frame of one task, which no client is told of
     * @return the task
     */
    SlotCall call(FrameCall frame);

    /**
     * Stores values under names.
     *
     * @param call names and values
     */
    void push(PushCall call);

    /**
     * Removes names.
     *
     * @param names the names; all, if the collection is empty
     */
    void remove(Collection<String> names);

    /**
     * Lists the namespace.
     *
     * @return the names in order
     */
    List<NamedValue> names();

    /**
     * Drops waiting tasks and, if asked, interrupts running ones.
     *
     * @param client whose tasks
     * @param tasks their ids
     * @param manner what to do with running ones
     */
    void cancel(UUID client, long[] tasks, CancelCall.Manner manner);

    /**
     * What the engine is doing.
     *
     * @return counts and heap
     */
    EngineLoad load();

    /**
     * What the engine holds beside its names.
     *
     * @return classes and outcomes, by owner, and heap
     */
    MemoryReply memory();

    /**
     * Waits for outcomes and output that come later than their frame's answer.
     *
     * @param call who asks, what it has received, how long to wait
     * @return what there is, maybe nothing
     * @throws InterruptedException if the engine shuts down
     */
    LateReply collect(CollectCall call) throws InterruptedException;

    /**
     * Takes what a client answers to a question that came in a {@link LateReply}.
     *
     * @param answer the answer
     */
    void answered(CodeAnswerCall answer);

    /**
     * Lets go of what is held for a client.
     *
     * @param client who leaves
     */
    void goodbye(UUID client);
}
