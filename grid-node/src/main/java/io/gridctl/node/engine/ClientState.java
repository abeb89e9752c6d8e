package io.gridctl.node.engine;

import io.gridctl.node.task.CodeAnswerCall;
import io.gridctl.node.task.CodeQuestion;
import io.gridctl.node.task.CollectCall;
import io.gridctl.node.task.FrameCall;
import io.gridctl.node.task.LateReply;
import io.gridctl.node.task.LateReply.Printed;
import io.gridctl.node.task.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What an engine keeps for one client: frames it may ask for again, and what came later than a frame's answer until
 * the client has it. Undelivered things are kept for a minute; a client that is gone for good loses all at once.
 */
final class ClientState {
    private static final long KEEP_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** How long a client may take to send a class. */
    static final long ANSWER_SECONDS = 10;

    /** How long a frame waits for one that was sent before it and has not come. */
    private static final long GAP_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Output of running tasks is gathered for this long before it is sent, so that a chatty task sends few messages. */
    private static final long GATHER_MILLIS = 50;

    /** A reply takes no more outcomes than these, or one that is larger. */
    static final long REPLY_BYTES = 4L << 20;

    /** Tasks whose client leaves more than this here do not begin. */
    static final long MOST_UNDELIVERED = 16L << 20;

    private final Map<Long, AcceptedFrame> frames = new LinkedHashMap<>();
    private final Look look = new Look();
    private final Map<Long, EngineTask> late = new LinkedHashMap<>();
    private final Deque<Outcome> ended = new ArrayDeque<>();
    /** How many bytes those are. */
    private long endedBytes;

    private LateReply lastReply = LateReply.nothing(0);
    private boolean outputWaiting;
    /** A task waits for a grid, perhaps for one that its client holds back. */
    private boolean lendingWaits;

    private final Questions questions = new Questions();
    private boolean silent;
    private long collectors;
    /** Frames that came before others that were sent before them. */
    private final TreeMap<Long, AcceptedFrame> ahead = new TreeMap<>();

    private long nextInOrder = 1;
    private @Nullable Starter waiting;

    /** Takes tasks to run, and does not wait for them. */
    interface Starter {
        void submit(List<EngineTask> tasks);
    }

    /** What the client said; if it said nothing, what there is to say of it instead. */
    record Asked(Optional<CodeAnswerCall> answer, String otherwise) {}

    /** A frame and whether it is taken for the first time. */
    record Acceptance(AcceptedFrame frame, boolean first) {}

    synchronized Acceptance accept(FrameCall call) {
        silent = false;
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
        AcceptedFrame frame = new AcceptedFrame(call, this, look);
        frames.put(call.frame(), frame);
        return new Acceptance(frame, true);
    }

    /**
     * Gives a frame's tasks to the slots, those of direct calls in the order in which they were sent: frames come by
     * many threads, or again after a link broke, and overtake each other.
     */
    synchronized void start(AcceptedFrame frame, Starter slots) {
        long order = frame.call().order();
        if (order <= nextInOrder) {
            slots.submit(frame.tasks());
            if (order == nextInOrder) {
                nextInOrder++;
            }
        } else {
            ahead.put(order, frame);
            waiting = slots;
        }
        startAhead(System.nanoTime());
    }

    /** What is missing between was refused on its way, if it does not come for long. */
    private void startAhead(long now) {
        while (!ahead.isEmpty()) {
            AcceptedFrame first = ahead.firstEntry().getValue();
            long order = first.call().order();
            boolean early = order > nextInOrder && now - first.acceptedNanos() < GAP_NANOS;
            if (early || waiting == null) {
                return;
            }
            ahead.remove(order);
            waiting.submit(first.tasks());
            nextInOrder = order + 1;
        }
    }

    synchronized void goesOn(EngineTask task, long id) {
        if (!task.hasEnded()) {
            late.put(id, task);
            if (task.hasOutput()) {
                // Printed before anybody waited for it.
                outputWaits();
            }
            lendingChanged(task);
        }
    }

    synchronized void deliver(Outcome outcome) {
        late.remove(outcome.task());
        ended.add(outcome);
        endedBytes += outcome.bytes();
        notifyAll();
    }

    /**
     * Blocks while the client has not fetched what there is for it. For tasks that a client sends all at once, rather
     * than a few at a time as it gets what came of others: their values would pile up here.
     */
    synchronized void awaitRoom() throws InterruptedException {
        while (endedBytes > MOST_UNDELIVERED) {
            wait();
        }
    }

    /** What the next reply brings, behind so many bytes that it brings anyway. */
    private List<Outcome> takeEnded(long before) {
        List<Outcome> taken = new ArrayList<>();
        long bytes = before;
        while (!ended.isEmpty() && bytes < REPLY_BYTES) {
            Outcome next = ended.remove();
            bytes += next.bytes();
            endedBytes -= next.bytes();
            taken.add(next);
        }
        notifyAll();
        return taken;
    }

    /** A slot that is lent is told at once, one that was taken back with what is gathered. */
    synchronized void lendingChanged(EngineTask task) {
        if (task.isLending() == task.toldLends || !late.containsValue(task)) {
            return;
        }
        if (task.isLending()) {
            lendingWaits = true;
            notifyAll();
        } else {
            outputWaits();
        }
    }

    synchronized void outputWaits() {
        if (!outputWaiting) {
            outputWaiting = true;
            notifyAll();
        }
    }

    /**
     * One reply at a time is on its way; it is sent again, with what is new, until it is acknowledged. A client asks
     * again only if it has given up the call before, whose answer nobody reads any more: that one leaves everything to
     * its successor, and says nothing of replies that its client has not seen.
     */
    synchronized LateReply collect(CollectCall call) throws InterruptedException {
        long turn = ++collectors;
        silent = false;
        notifyAll();
        boolean lost = call.received() < lastReply.number();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(call.waitMillis());
        while (!lost && ended.isEmpty() && !outputWaiting && !lendingWaits && !questions.anyUntold()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0 || turn != collectors) {
                return nothing(call);
            }
            wait(ahead.isEmpty() ? left : Math.min(left, TimeUnit.NANOSECONDS.toMillis(GAP_NANOS)));
            startAhead(System.nanoTime());
        }
        long gathered = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GATHER_MILLIS);
        while (!lost
                && ended.isEmpty()
                && !lendingWaits
                && !questions.anyUntold()
                && turn == collectors
                && System.nanoTime() < gathered) {
            wait(GATHER_MILLIS);
        }
        if (turn != collectors) {
            return nothing(call);
        }
        List<Outcome> outcomes = new ArrayList<>();
        List<Printed> printed = new ArrayList<>();
        List<CodeQuestion> asking = new ArrayList<>();
        List<LateReply.Lending> lendings = new ArrayList<>();
        if (lost) {
            outcomes.addAll(lastReply.outcomes());
            printed.addAll(lastReply.printed());
            asking.addAll(lastReply.questions());
            lendings.addAll(lastReply.lendings());
        }
        outcomes.addAll(takeEnded(outcomes.stream().mapToLong(Outcome::bytes).sum()));
        outputWaiting = false;
        lendingWaits = false;
        late.forEach((id, task) -> {
            boolean lends = task.isLending();
            if (lends != task.toldLends) {
                task.toldLends = lends;
                lendings.add(new LateReply.Lending(id, lends));
            }
            if (task.hasOutput()) {
                printed.add(new Printed(id, task.takeOutput(false)));
            }
        });
        asking.addAll(questions.take());
        lastReply =
                new LateReply(Math.max(lastReply.number(), call.received()) + 1, outcomes, printed, asking, lendings);
        return lastReply;
    }

    private static LateReply nothing(CollectCall call) {
        return LateReply.nothing(call.received());
    }

    /**
     * Asks the client for a class or a resource, and waits. The question travels in the answer to its parked call, so
     * it needs something under way here; a frame that is still waiting for its tasks is answered at once, after which
     * the client parks.
     */
    Asked ask(String program, boolean resource, String name) {
        Questions.Open question;
        List<AcceptedFrame> running;
        synchronized (this) {
            running = frames.values().stream().filter(AcceptedFrame::goesOn).toList();
            if (silent) {
                return new Asked(
                        Optional.empty(), "has not answered an earlier question, and nothing was heard of it since");
            }
            if (late.isEmpty() && running.isEmpty()) {
                return new Asked(Optional.empty(), "has nothing under way here to be asked by");
            }
            question = questions.ask(program, resource, name);
            notifyAll();
        }
        running.forEach(AcceptedFrame::answerNow);
        return new Asked(await(question), "was asked for it and did not answer within " + ANSWER_SECONDS + " s");
    }

    /** An interrupt is kept for whoever runs on this thread. */
    private Optional<CodeAnswerCall> await(Questions.Open question) {
        boolean interrupted = false;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_SECONDS);
        try {
            while (true) {
                try {
                    return question.answer().get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException | ExecutionException e) {
                    synchronized (this) {
                        questions.giveUp(question);
                        // Whoever comes next need not wait as long, until something is heard of it.
                        silent = true;
                    }
                    return Optional.empty();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    synchronized void answered(CodeAnswerCall answer) {
        silent = false;
        questions.answered(answer);
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
                frame.tasks().stream().filter(held -> held.covers(id)).forEach(found::add);
            }
        }
        return found;
    }

    /** How many frames, running tasks and undelivered outcomes are held. */
    synchronized int held() {
        return frames.size() + late.size() + ended.size();
    }

    /** Outcomes that are kept until the client is known to have them, by the ids of their tasks. */
    synchronized Collection<Outcome> outcomes() {
        Map<Long, Outcome> outcomes = new HashMap<>();
        for (AcceptedFrame frame : frames.values()) {
            for (EngineTask task : frame.tasks()) {
                Outcome outcome = task.outcome();
                if (outcome != null) {
                    outcomes.put(task.id(), outcome);
                }
            }
        }
        lastReply.outcomes().forEach(outcome -> outcomes.put(outcome.task(), outcome));
        ended.forEach(outcome -> outcomes.put(outcome.task(), outcome));
        return outcomes.values();
    }

    /** The client has left for good: nobody waits for its tasks. */
    void cancelAll() {
        List<EngineTask> all = new ArrayList<>();
        synchronized (this) {
            all.addAll(late.values());
            frames.values().forEach(frame -> all.addAll(frame.tasks()));
            frames.clear();
            ahead.clear();
            questions.clear();
            // Its parked call would keep a thread until its time is over.
            collectors++;
            notifyAll();
        }
        EngineTask.cancel(all, true);
    }
}
