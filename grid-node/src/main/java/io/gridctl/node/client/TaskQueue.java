package io.gridctl.node.client;

import io.gridctl.node.balance.JobRules;
import io.gridctl.node.balance.WorkSource;
import io.gridctl.node.task.CallShape;
import io.gridctl.node.task.FrameCall.Limits;
import io.gridctl.node.task.FunctionPack;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Single tasks of one function, which share frames. Filled by any thread. */
final class TaskQueue implements WorkSource<Parcel> {
    /** Where so many wait, the dispatcher knows that there is work, and one more changes nothing. */
    private static final int ENOUGH = 1_024;

    private final Queue<Parcel> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    /** What tasks have in common that share frames. */
    record Key(CallShape shape, String program, FunctionPack function, Limits limits, JobRules rules) {
        /** Without the bytes of a large function, which are not to stay for as long. */
        static Key of(CallSpec spec, JobRules rules) {
            return new Key(spec.shape(), spec.program().id(), spec.function().named(false), spec.limits(), rules);
        }
    }

    /** Says whether the dispatcher is to hear of it: in no case is all taken without a word before the next one comes. */
    boolean add(Parcel task) {
        // Counted last: whoever finds the queue empty has counted off all that was counted.
        waiting.add(task);
        return size.getAndIncrement() < ENOUGH;
    }

    @Override
    public @Nullable Parcel poll(int units) {
        Parcel task = waiting.poll();
        if (task != null) {
            size.decrementAndGet();
        }
        return task;
    }

    @Override
    public boolean isExhausted() {
        return false;
    }

    @Override
    public long remaining() {
        return Math.max(0, size.get());
    }
}
