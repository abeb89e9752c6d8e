package io.gridctl.node.pipeline;

import com.hazelcast.jet.core.AbstractProcessor;
import io.gridctl.node.payload.Slices.Slice;
import io.gridctl.node.task.EngineDesk;
import io.gridctl.node.task.FrameCall;
import io.gridctl.node.task.FrameCall.TaskCall;
import io.gridctl.node.task.Outcome;
import io.gridctl.node.task.SlotCall;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Has slices worked on by the engine's slots, and hands the results on in their order. It never waits: user code runs where
 * it can be interrupted, and Jet's threads only look whether it has ended.
 */
final class SlotStage extends AbstractProcessor {
    /** One that runs, one that waits for its slot. */
    private static final int AT_ONCE = 2;

    private final EngineDesk desk;
    private final FrameCall work;
    private final Reporter reporter;
    private final ClientPresence client;
    private final Queue<Call> calls = new ArrayDeque<>();
    private long tasks;
    private @Nullable Slice pending;
    private @Nullable Failing failing;

    private record Call(SlotCall task, int items) {}

    private record Failing(String why, CompletionStage<Void> told) {}

    SlotStage(EngineDesk desk, FrameCall work, Reporter reporter, ClientPresence client) {
        this.desk = desk;
        this.work = work;
        this.reporter = reporter;
        this.client = client;
    }

    @Override
    public boolean tryProcess() {
        client.check();
        return true;
    }

    @Override
    protected boolean tryProcess(int ordinal, Object item) {
        client.check();
        if (!handOn() || calls.size() >= AT_ONCE) {
            return false;
        }
        Slice slice = (Slice) item;
        calls.add(new Call(desk.call(frame(slice)), slice.items()));
        return true;
    }

    private FrameCall frame(Slice slice) {
        return new FrameCall(
                work.client(),
                tasks++,
                new long[0],
                work.code(),
                work.shape(),
                work.function(),
                List.of(new TaskCall(tasks, slice.payload())),
                0,
                false,
                0,
                work.limits(),
                work.depth());
    }

    /** False if it cannot go on yet. */
    private boolean handOn() {
        if (failing != null) {
            if (failing.told().toCompletableFuture().isDone()) {
                throw new IllegalStateException(failing.why());
            }
            return false;
        }
        while (true) {
            if (pending != null) {
                if (!tryEmit(pending)) {
                    return false;
                }
                pending = null;
            }
            Call first = calls.peek();
            Outcome outcome = first == null ? null : first.task().outcome();
            if (first == null || outcome == null) {
                return true;
            }
            calls.remove();
            if (outcome.end() instanceof Outcome.Value value) {
                pending = new Slice(value.bytes(), first.items());
            } else {
                String why = outcome.end() instanceof Outcome.Failed failed
                        ? failed.failure().text()
                        : "the work was cancelled";
                failing = new Failing(why, reporter.failing(why));
                return false;
            }
        }
    }

    @Override
    public boolean complete() {
        client.check();
        return handOn() && calls.isEmpty();
    }

    @Override
    public void close() {
        calls.forEach(call -> call.task().cancel());
    }
}
