package io.gridctl.node.client;

import io.gridctl.node.balance.JobRules;
import io.gridctl.node.balance.WorkSource;
import io.gridctl.node.task.CallShape;
import io.gridctl.node.task.FrameCall.Limits;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Single tasks of one function, which share frames. Filled by any thread. */
final class TaskQueue implements WorkSource<Parcel> {
    private final Queue<Parcel> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    /** What tasks have in common that share frames. */
    @SuppressWarnings("ArrayRecordComponent") // compared by content below
    record Key(CallShape shape, String program, byte[] function, Limits limits, JobRules rules) {
        static Key of(CallSpec spec, JobRules rules) {
            return new Key(spec.shape(), spec.program().id(), spec.function(), spec.limits(), rules);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key
                    && shape == key.shape
                    && program.equals(key.program)
                    && limits.equals(key.limits)
                    && rules.equals(key.rules)
                    && (function == key.function || Arrays.equals(function, key.function));
        }

        @Override
        public int hashCode() {
            return 31 * program.hashCode() + Arrays.hashCode(function);
        }
    }

    void add(Parcel task) {
        size.incrementAndGet();
        waiting.add(task);
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
        return size.get();
    }
}
