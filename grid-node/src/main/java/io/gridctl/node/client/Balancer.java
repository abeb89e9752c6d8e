package io.gridctl.node.client;

import io.gridctl.GridException;
import io.gridctl.NoEnginesException;
import io.gridctl.node.balance.Dispatcher;
import io.gridctl.node.balance.WorkSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The dispatcher of one connection, fed with what its links report. */
final class Balancer implements EngineLink.FrameOwner, EngineDirectory.Watcher {
    private final Dispatcher<PendingTask> dispatcher = new Dispatcher<>(System::nanoTime);
    private final Set<CallResult<?>> open = ConcurrentHashMap.newKeySet();
    private final EngineDirectory.Watcher next;
    private final Emptiness emptiness;

    /** Whether there are no engines at all. */
    interface Emptiness {
        boolean noEngines();
    }

    Balancer(EngineDirectory.Watcher next, Emptiness emptiness) {
        this.next = next;
        this.emptiness = emptiness;
    }

    <C extends CallResult<?>> C submit(C call) {
        if (emptiness.noEngines()) {
            throw new NoEnginesException(
                    "no engine is ready; wait for some with Grid.awaitEngines, or see `gridctl status`");
        }
        open.add(call);
        call.whenEnded(() -> open.remove(call));
        dispatcher.submit(WorkSource.of(call.parts()));
        return call;
    }

    @Override
    public void up(EngineLink link) {
        dispatcher.join(link);
        next.up(link);
    }

    /** The link's tasks are unanswered now; the dispatcher knows which ones it had sent there. */
    @Override
    public void down(EngineLink link) {
        dispatcher.leave(link);
        next.down(link);
    }

    @Override
    public void answered(
            EngineLink link, List<PendingTask> ended, List<PendingTask> handedBack, List<PendingTask> late) {
        long[] ran = ended.stream().mapToLong(PendingTask::ranNanos).toArray();
        dispatcher.answered(link, ended, ran, handedBack, late);
    }

    @Override
    public void lost(EngineLink link, List<PendingTask> unanswered) {
        dispatcher.leave(link);
    }

    void cancelled() {
        dispatcher.cancelled();
    }

    /** Sends nothing more; what waits or runs has failed. */
    void close(GridException reason) {
        dispatcher.close();
        for (CallResult<?> call : open) {
            call.parts().forEach(task -> task.failed(reason));
        }
    }
}
