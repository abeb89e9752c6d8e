package io.gridctl.node.client;

import com.hazelcast.internal.util.ConcurrencyUtil;
import io.gridctl.GridClosedException;
import io.gridctl.GridException;
import io.gridctl.node.balance.EnginePort;
import io.gridctl.node.task.CancelCall;
import io.gridctl.node.task.CollectCall;
import io.gridctl.node.task.DeskCall;
import io.gridctl.node.task.FrameCall;
import io.gridctl.node.task.FrameCall.TaskCall;
import io.gridctl.node.task.FrameReply;
import io.gridctl.node.task.LateReply;
import io.gridctl.node.task.Outcome;
import io.gridctl.node.task.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This client's side of its talk with one incarnation of one engine: frames under way, tasks that go on after their
 * frame was answered, and the one parked call that brings what comes later.
 *
 * <p>A loss is the word of the membership, not a broken socket: while the engine is a member, a frame whose answer got
 * lost is sent again under its id until there is an answer, and the engine takes it only once.
 */
final class EngineLink implements EnginePort<PendingTask> {
    private static final Logger log = LoggerFactory.getLogger(EngineLink.class);

    /** How long a frame's answer may wait for its tasks; what takes longer is collected. */
    private static final int BUDGET_MILLIS = 5;

    private static final int PARK_MILLIS = 10_000;
    private static final int RETRY_MILLIS = 100;

    private final EngineRef engine;
    private final ClientCore core;
    private final FrameOwner balanced;
    private final Map<Long, Flight> flights = new HashMap<>();
    private final Map<Long, Held> late = new LinkedHashMap<>();

    /** Outcomes that overtook the answer of their task's frame, which is still under way. */
    private final Map<Long, Outcome> early = new HashMap<>();

    private final List<Long> acknowledged = new ArrayList<>();
    private long collected;
    private boolean parked;
    private boolean lost;

    /** Who is told what becomes of the tasks of a frame. */
    interface FrameOwner {
        /** A frame was answered, or outcomes came later. Those that ended know their end already. */
        void answered(EngineLink link, List<PendingTask> ended, List<PendingTask> handedBack, List<PendingTask> late);

        /** The engine is gone; these have no outcome. */
        void lost(EngineLink link, List<PendingTask> unanswered);
    }

    private record Held(PendingTask task, FrameOwner owner) {}

    private static final class Flight {
        final FrameCall call;
        final FrameOwner owner;
        final Map<Long, PendingTask> tasks = new LinkedHashMap<>();

        Flight(FrameCall call, FrameOwner owner, List<PendingTask> sent) {
            this.call = call;
            this.owner = owner;
            sent.forEach(task -> tasks.put(task.id(), task));
        }
    }

    EngineLink(EngineRef engine, ClientCore core, FrameOwner balanced) {
        this.engine = engine;
        this.core = core;
        this.balanced = balanced;
    }

    EngineRef engine() {
        return engine;
    }

    @Override
    public int engineId() {
        return engine.id();
    }

    @Override
    public int incarnation() {
        return engine.incarnation();
    }

    @Override
    public int slots() {
        return engine.info().slots();
    }

    /** Sends works of one job of the load-balanced view; what the engine cannot start soon it hands back. */
    @Override
    public void send(List<PendingTask> frame) {
        send(frame, balanced, true);
    }

    /** Sends tasks of one call, which have the same function. */
    void send(List<PendingTask> tasks, FrameOwner owner, boolean handBack) {
        CallSpec spec = tasks.get(0).call().spec();
        List<TaskCall> calls = new ArrayList<>(tasks.size());
        for (PendingTask task : tasks) {
            task.sentTo(engine);
            calls.add(new TaskCall(task.id(), task.argument()));
        }
        Flight flight;
        boolean dead;
        synchronized (this) {
            long[] acks = acknowledged.stream().mapToLong(Long::longValue).toArray();
            acknowledged.clear();
            FrameCall call = new FrameCall(
                    core.clientId(),
                    core.nextId(),
                    acks,
                    core.code().pack(engine, spec.program(), spec.classCount()),
                    spec.shape(),
                    spec.function(),
                    calls,
                    BUDGET_MILLIS,
                    handBack);
            flight = new Flight(call, owner, tasks);
            dead = lost;
            if (!dead) {
                flights.put(call.frame(), flight);
            }
        }
        if (dead) {
            owner.lost(this, tasks);
        } else {
            submit(flight);
        }
    }

    private void submit(Flight flight) {
        whenAnswered(core.submitTask(flight.call, engine.member()), (answer, trouble) -> {
            if (answer instanceof FrameReply reply) {
                core.code().arrived(engine, flight.call.code());
                answered(flight, reply);
            } else if (trouble != null && LinkTrouble.mayPass(trouble)) {
                again(trouble, () -> submit(flight));
            } else {
                refused(flight, answer, trouble);
            }
        });
    }

    private void answered(Flight flight, FrameReply reply) {
        List<PendingTask> ended = new ArrayList<>(reply.ended().size());
        List<Outcome> outcomes = new ArrayList<>(reply.ended());
        List<PendingTask> handedBack = new ArrayList<>();
        List<PendingTask> goOn = new ArrayList<>();
        synchronized (this) {
            if (flights.remove(flight.call.frame()) == null) {
                return;
            }
            acknowledged.add(flight.call.frame());
            for (long id : reply.late()) {
                PendingTask task = flight.tasks.get(id);
                Outcome overtook = early.get(id);
                if (overtook != null) {
                    outcomes.add(overtook);
                } else if (task != null) {
                    late.put(id, new Held(task, flight.owner));
                    goOn.add(task);
                }
            }
            early.keySet().removeAll(flight.tasks.keySet());
        }
        for (Outcome outcome : outcomes) {
            PendingTask task = flight.tasks.get(outcome.task());
            if (task != null) {
                task.outcome(outcome);
                ended.add(task);
            }
        }
        for (long id : reply.handedBack()) {
            PendingTask task = flight.tasks.get(id);
            if (task != null) {
                task.handedBack();
                handedBack.add(task);
            }
        }
        flight.owner.answered(this, ended, handedBack, goOn);
        park();
    }

    private void refused(Flight flight, @Nullable Object answer, @Nullable Throwable trouble) {
        synchronized (this) {
            if (flights.remove(flight.call.frame()) == null) {
                return;
            }
            early.keySet().removeAll(flight.tasks.keySet());
        }
        String reason = answer instanceof Refusal refusal ? refusal.reason() : String.valueOf(trouble);
        GridException failure = trouble == null
                ? new GridException("engine " + engine.id() + " did not take the call: " + reason)
                : new GridException("the call could not be brought to engine " + engine.id() + ": " + reason, trouble);
        List<PendingTask> tasks = List.copyOf(flight.tasks.values());
        tasks.forEach(task -> task.failed(failure));
        flight.owner.answered(this, tasks, List.of(), List.of());
    }

    /** Parks a call at the engine, if tasks go on there and none is parked. */
    private void park() {
        CollectCall call;
        synchronized (this) {
            if (parked || lost || late.isEmpty()) {
                return;
            }
            parked = true;
            call = new CollectCall(core.clientId(), collected, PARK_MILLIS);
        }
        whenAnswered(core.submitControl(call, engine.member()), (answer, trouble) -> {
            synchronized (this) {
                parked = false;
            }
            if (answer instanceof LateReply reply) {
                collected(reply);
                park();
            } else {
                again(trouble, this::park);
            }
        });
    }

    private void collected(LateReply reply) {
        Map<FrameOwner, List<PendingTask>> ended = new LinkedHashMap<>();
        List<Runnable> news = new ArrayList<>();
        synchronized (this) {
            collected = Math.max(collected, reply.number());
            for (LateReply.Printed printed : reply.printed()) {
                PendingTask task = known(printed.task());
                if (task != null) {
                    news.add(() -> task.printed(printed.text()));
                }
            }
            for (Outcome outcome : reply.outcomes()) {
                Held held = late.remove(outcome.task());
                if (held != null) {
                    news.add(() -> held.task().outcome(outcome));
                    ended.computeIfAbsent(held.owner(), owner -> new ArrayList<>())
                            .add(held.task());
                } else if (known(outcome.task()) != null) {
                    early.put(outcome.task(), outcome);
                }
            }
        }
        news.forEach(Runnable::run);
        ended.forEach((owner, tasks) -> owner.answered(this, tasks, List.of(), List.of()));
    }

    /** The task of an id, if it goes on or its frame is under way. */
    private @Nullable PendingTask known(long id) {
        Held held = late.get(id);
        if (held != null) {
            return held.task();
        }
        for (Flight flight : flights.values()) {
            PendingTask task = flight.tasks.get(id);
            if (task != null) {
                return task;
            }
        }
        return null;
    }

    private void again(@Nullable Throwable trouble, Runnable what) {
        synchronized (this) {
            if (lost) {
                return;
            }
        }
        log.debug("engine {}: the link broke, asking again", engine.id(), trouble);
        core.later(what, RETRY_MILLIS);
    }

    /** Drops tasks that this engine has, or tells it to stop them. */
    void cancel(List<PendingTask> tasks, boolean interrupt) {
        long[] ids = tasks.stream().mapToLong(PendingTask::id).toArray();
        whenAnswered(
                core.submitControl(new CancelCall(core.clientId(), ids, interrupt), engine.member()),
                (answer, trouble) -> {
                    if (trouble != null) {
                        again(trouble, () -> cancel(tasks, interrupt));
                    }
                });
    }

    /** Asks the engine something beside its slots. */
    CompletableFuture<@Nullable Object> ask(DeskCall call) {
        CompletableFuture<@Nullable Object> answered = new CompletableFuture<>();
        synchronized (this) {
            if (lost) {
                answered.completeExceptionally(core.lostException(engine, "before it could answer"));
                return answered;
            }
        }
        whenAnswered(core.submitControl(call, engine.member()), (answer, trouble) -> {
            if (trouble != null && LinkTrouble.mayPass(trouble)) {
                boolean gone;
                synchronized (this) {
                    gone = lost;
                }
                if (gone || core.isClosed()) {
                    answered.completeExceptionally(core.lostException(engine, "before it could answer"));
                } else {
                    core.later(() -> retry(call, answered), RETRY_MILLIS);
                }
            } else if (trouble != null) {
                answered.completeExceptionally(
                        new GridException("engine " + engine.id() + " could not be asked: " + trouble, trouble));
            } else if (answer instanceof Refusal refusal) {
                answered.completeExceptionally(
                        new GridException("engine " + engine.id() + " did not do it: " + refusal.reason()));
            } else {
                answered.complete(answer);
            }
        });
        return answered;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The outcome, good or bad, goes into the future that is passed in.
    private void retry(DeskCall call, CompletableFuture<@Nullable Object> answered) {
        ask(call)
                .whenCompleteAsync(
                        (answer, trouble) -> {
                            if (trouble != null) {
                                answered.completeExceptionally(trouble);
                            } else {
                                answered.complete(answer);
                            }
                        },
                        ConcurrencyUtil.CALLER_RUNS);
    }

    /** The engine is gone, or this client is closed: nothing more will come. */
    void lose() {
        Map<FrameOwner, List<PendingTask>> unanswered = new LinkedHashMap<>();
        synchronized (this) {
            if (lost) {
                return;
            }
            lost = true;
            for (Flight flight : flights.values()) {
                unanswered
                        .computeIfAbsent(flight.owner, owner -> new ArrayList<>())
                        .addAll(flight.tasks.values());
            }
            late.values()
                    .forEach(held -> unanswered
                            .computeIfAbsent(held.owner(), owner -> new ArrayList<>())
                            .add(held.task()));
            flights.clear();
            late.clear();
            early.clear();
        }
        core.code().forget(engine);
        unanswered.forEach((owner, tasks) -> owner.lost(this, tasks));
    }

    /** What is done with an answer; runs on Hazelcast's thread, so it only notes things down. */
    private interface Answer {
        void take(@Nullable Object answer, @Nullable Throwable trouble);
    }

    @SuppressWarnings({"unchecked", "FutureReturnValueIgnored"}) // What goes wrong inside is logged there.
    private void whenAnswered(Future<Object> submitted, Answer then) {
        // The future of a client's executor service is a stage; its own callbacks would cost one more thread hop.
        ((CompletableFuture<Object>) submitted)
                .whenCompleteAsync(
                        (answer, trouble) -> {
                            try {
                                then.take(answer, trouble);
                            } catch (GridClosedException closed) {
                                log.debug("engine {}: the grid was closed meanwhile", engine.id());
                            } catch (RuntimeException | Error e) {
                                log.error("engine {}: an answer could not be dealt with", engine.id(), e);
                                throw e;
                            }
                        },
                        ConcurrencyUtil.CALLER_RUNS);
    }
}
