package io.gridctl.node.engine;

import io.gridctl.node.task.CollectCall;
import io.gridctl.node.task.FrameCall;
import io.gridctl.node.task.LateReply;
import io.gridctl.node.task.LateReply.Printed;
import io.gridctl.node.task.Outcome;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What an engine keeps for one client: frames it may ask for again, and what came later than a frame's answer until
 * the client has it. Undelivered things are kept for a minute; a client that is gone for good loses all at once.
 */
final class ClientState {
    private static final long KEEP_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Output of running tasks is gathered for this long before it is sent, so that a chatty task sends few messages. */
    private static final long GATHER_MILLIS = 50;

    private final Map<Long, AcceptedFrame> frames = new LinkedHashMap<>();
    private final Map<Long, EngineTask> late = new LinkedHashMap<>();
    private final List<Outcome> ended = new ArrayList<>();
    private LateReply lastReply = new LateReply(0, List.of(), List.of());
    private boolean outputWaiting;

    /** A frame and whether it is taken for the first time. */
    record Acceptance(AcceptedFrame frame, boolean first) {}

    synchronized Acceptance accept(FrameCall call) {
        for (long id : call.acknowledged()) {
            frames.remove(id);
        }
        long now = System.nanoTime();
        for (Iterator<AcceptedFrame> oldest = frames.values().iterator(); oldest.hasNext(); ) {
            if (!oldest.next().isOver(now, KEEP_NANOS)) {
                break;
            }
            oldest.remove();
        }
        AcceptedFrame known = frames.get(call.frame());
        if (known != null) {
            return new Acceptance(known, false);
        }
        AcceptedFrame frame = new AcceptedFrame(call, this);
        frames.put(call.frame(), frame);
        return new Acceptance(frame, true);
    }

    synchronized void goesOn(EngineTask task) {
        if (!task.hasEnded()) {
            late.put(task.id(), task);
        }
    }

    synchronized void deliver(EngineTask task, Outcome outcome) {
        late.remove(task.id());
        ended.add(outcome);
        notifyAll();
    }

    synchronized void outputWaits() {
        if (!outputWaiting) {
            outputWaiting = true;
            notifyAll();
        }
    }

    /** One reply at a time is on its way; it is sent again, with what is new, until it is acknowledged. */
    synchronized LateReply collect(CollectCall call) throws InterruptedException {
        boolean lost = call.received() < lastReply.number();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(call.waitMillis());
        while (!lost && ended.isEmpty() && !outputWaiting) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return new LateReply(lastReply.number(), List.of(), List.of());
            }
            wait(left);
        }
        long gathered = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GATHER_MILLIS);
        while (!lost && ended.isEmpty() && System.nanoTime() < gathered) {
            wait(GATHER_MILLIS);
        }
        List<Outcome> outcomes = new ArrayList<>();
        List<Printed> printed = new ArrayList<>();
        if (lost) {
            outcomes.addAll(lastReply.outcomes());
            printed.addAll(lastReply.printed());
        }
        outcomes.addAll(ended);
        ended.clear();
        outputWaiting = false;
        for (EngineTask task : late.values()) {
            if (!task.output().isEmpty()) {
                printed.add(new Printed(task.id(), task.output().take(false)));
            }
        }
        lastReply = new LateReply(lastReply.number() + 1, outcomes, printed);
        return lastReply;
    }

    /** Tasks of a client, in any state. */
    synchronized List<EngineTask> tasks(long[] ids) {
        List<EngineTask> found = new ArrayList<>();
        for (long id : ids) {
            EngineTask task = late.get(id);
            if (task != null) {
                found.add(task);
                continue;
            }
            for (AcceptedFrame frame : frames.values()) {
                frame.tasks().stream().filter(held -> held.id() == id).forEach(found::add);
            }
        }
        return found;
    }

    /** The client has left for good: nobody waits for its tasks. */
    void cancelAll() {
        List<EngineTask> all = new ArrayList<>();
        synchronized (this) {
            all.addAll(late.values());
            frames.values().forEach(frame -> all.addAll(frame.tasks()));
            frames.clear();
        }
        all.forEach(task -> task.cancel(true));
    }
}
