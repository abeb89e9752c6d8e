package io.gridctl.node.client;

import io.gridctl.GridException;
import io.gridctl.node.balance.EnginePort;
import io.gridctl.node.task.CancelCall;
import io.gridctl.node.task.CodeQuestion;
import io.gridctl.node.task.CollectCall;
import io.gridctl.node.task.DeskCall;
import io.gridctl.node.task.FrameCall;
import io.gridctl.node.task.FrameCall.TaskCall;
import io.gridctl.node.task.FrameReply;
import io.gridctl.node.task.LateReply;
import io.gridctl.node.task.Outcome;
import io.gridctl.node.task.Outcome.News;
import io.gridctl.node.task.Refusal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This client's side of its talk with one incarnation of one engine: frames under way, tasks that go on after their
 * frame was answered, and the one parked call that brings what comes later.
 *
 * <p>A loss is the word of the membership, not a broken socket: while the engine is a member, a frame whose answer got
 * lost is sent again under its id until there is an answer, and the engine takes it only once.
 *
 * <p>Answers come by several threads. One is dealt with after the other, each to its end: whoever is told of a task has
 * been told of the task's frame, and of two things that are said of a task the later one counts.
 */
final class EngineLink implements EnginePort<Parcel> {
    private static final Logger log = LoggerFactory.getLogger(EngineLink.class);

    private static final int PARK_MILLIS = 10_000;
    private static final int RETRY_MILLIS = 100;
    private static final int CANCEL_AGAIN_MILLIS = 5;

    private final EngineRef engine;
    private final ClientCore core;
    private final FrameOwner balanced;
    /** What the engine says, and its loss. */
    private final Executor news = new InOrder(Runnable::run);

    private final Map<Long, FrameFlight> flights = new HashMap<>();
    private final Map<Long, Held> late = new LinkedHashMap<>();
    private final List<Long> acknowledged = new ArrayList<>();
    /** News of tasks whose frame's answer is still on its way, overtaken by the parked call's. */
    private final Map<Long, Early> early = new HashMap<>();

    private final LinkQuestions questions;
    private final SentFunctions functions = new SentFunctions();

    /** Frames that are being made: their tasks count as sent and are not in a flight yet. */
    private int packing;

    private long collected;
    private long ordered;
    private boolean parked;
    private boolean lost;

    /** How a frame is brought to its engine the first time; again it goes by itself. */
    interface Courier {
        Future<Object> bring(FrameCall frame, EngineRef engine);

        /** How long the answer to a frame may wait for its tasks. */
        default int budgetMillis(CallSpec spec, boolean handBack) {
            return spec.budgetMillis(handBack);
        }
    }

    private record Held(Parcel task, FrameOwner owner) {}

    private static final class Early {
        final List<News> printed = new ArrayList<>();

        @Nullable
        Outcome outcome;

        boolean lends;
    }

    EngineLink(EngineRef engine, ClientCore core, FrameOwner balanced) {
        this.engine = engine;
        this.core = core;
        this.balanced = balanced;
        questions = new LinkQuestions(engine, core);
    }

    /** How much of this client's talk with the engine is remembered: frames, running tasks, questions. */
    synchronized int held() {
        return flights.size() + late.size() + early.size() + questions.open() + acknowledged.size();
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
    public void send(List<Parcel> frame) {
        send(frame, balanced, true);
    }

    /**
     * Sends tasks of one call, which have the same function. Unless they may be handed back, they run after those that
     * were sent before them.
     */
    void send(List<Parcel> parcels, FrameOwner owner, boolean handBack) {
        send(parcels, owner, handBack, core::submitTask);
    }

    /** The same by another courier. */
    void send(List<Parcel> parcels, FrameOwner owner, boolean handBack, Courier courier) {
        synchronized (this) {
            packing++;
        }
        try {
            pack(parcels, owner, handBack, courier);
        } finally {
            synchronized (this) {
                packing--;
            }
        }
    }

    private void pack(List<Parcel> parcels, FrameOwner owner, boolean handBack, Courier courier) {
        List<TaskCall> calls = new ArrayList<>(parcels.size());
        List<Parcel> sent = new ArrayList<>(parcels.size());
        int classCount = 0;
        for (Parcel parcel : parcels) {
            if (parcel.sentTo(engine)) {
                calls.add(parcel.toCall());
                sent.add(parcel);
                classCount = Math.max(classCount, parcel.spec().classCount());
            }
        }
        if (calls.isEmpty()) {
            // All were cancelled on the way here.
            core.later(() -> owner.answered(this, Ended.unrun(parcels), List.of(), List.of()), 0);
            return;
        }
        CallSpec spec = sent.get(0).spec();
        FrameFlight flight;
        boolean dead;
        synchronized (this) {
            long[] acks = acknowledged.stream().mapToLong(Long::longValue).toArray();
            acknowledged.clear();
            FrameCall call = new FrameCall(
                    core.clientId(),
                    core.nextId(),
                    acks,
                    core.code().pack(engine, spec.program(), classCount),
                    spec.shape(),
                    functions.form(spec.program().id(), spec.function()),
                    calls,
                    courier.budgetMillis(spec, handBack),
                    handBack,
                    handBack || lost ? 0 : ++ordered,
                    spec.limits(),
                    spec.depth());
            flight = new FrameFlight(call, owner, parcels, sent);
            dead = lost;
            if (!dead) {
                flights.put(call.frame(), flight);
            }
        }
        if (dead) {
            owner.lost(this, parcels);
        } else {
            submit(flight, courier);
        }
    }

    private void submit(FrameFlight flight, Courier courier) {
        whenAnswered(courier.bring(flight.call, engine), (answer, trouble) -> {
            if (answer instanceof FrameReply reply) {
                core.code().arrived(engine, flight.call.code());
                if (reply.isTaken()) {
                    functions.arrived(flight.call.code().program(), flight.call.function());
                    answered(flight, reply);
                } else {
                    sendWhole(flight);
                }
            } else if (trouble != null && LinkTrouble.mayPass(trouble)) {
                again(trouble, () -> submit(flight, core::submitTask));
            } else {
                refused(flight, answer, trouble);
            }
        });
    }

    private void whenAnswered(Future<Object> submitted, LinkAnswer then) {
        LinkAnswer.whenAnswered(
                engine,
                submitted,
                (answer, trouble) -> news.execute(() -> LinkAnswer.guarded(engine, () -> then.take(answer, trouble))));
    }

    /** The engine knows nothing of the frame, as it has the function no longer, or not yet. */
    private void sendWhole(FrameFlight flight) {
        functions.lacks(flight.call.code().program(), flight.call.function());
        flight.call = flight.call.withFunction(functions.form(
                flight.call.code().program(), flight.sent.get(0).spec().function()));
        submit(flight, core::submitTask);
    }

    private void answered(FrameFlight flight, FrameReply reply) {
        FrameAnswer answer = new FrameAnswer(flight.sent, reply);
        List<Runnable> texts = new ArrayList<>(0);
        List<Parcel> lending = new ArrayList<>(0);
        synchronized (this) {
            if (flights.remove(flight.call.frame()) == null) {
                return;
            }
            acknowledged.add(flight.call.frame());
            for (Iterator<Parcel> all = answer.late().iterator(); all.hasNext(); ) {
                Parcel parcel = all.next();
                Early before = early.remove(parcel.id());
                if (before != null) {
                    before.printed.forEach(text -> texts.add(() -> parcel.printed(text)));
                }
                Outcome outcome = before == null ? null : before.outcome;
                if (outcome == null) {
                    late.put(parcel.id(), new Held(parcel, flight.owner));
                    if (before != null && before.lends) {
                        lending.add(parcel);
                    }
                } else {
                    answer.ended().add(new Ended(parcel, outcome));
                    all.remove();
                }
            }
            if (!early.isEmpty()) {
                early.keySet().removeIf(flight::covers);
            }
        }
        answer.splits().forEach((whole, parts) -> flight.owner.split(this, whole, parts));
        texts.forEach(Runnable::run);
        answer.handedBack().forEach(Parcel::handedBack);
        if (flight.sent.size() < flight.parcels.size()) {
            // Those that were cancelled before they could be sent have ended, too.
            Set<Parcel> sent = Collections.newSetFromMap(new IdentityHashMap<>());
            sent.addAll(flight.sent);
            List<Parcel> dropped = flight.parcels.stream()
                    .filter(parcel -> !sent.contains(parcel))
                    .toList();
            answer.ended().addAll(Ended.unrun(dropped));
        }
        answer.ended().addAll(Ended.unrun(answer.missing()));
        flight.owner.answered(this, answer.ended(), answer.handedBack(), answer.late());
        lending.forEach(parcel -> flight.owner.lends(this, parcel, true));
        tell(flight.owner, answer.ended());
        answer.missing().forEach(this::forgotten);
        park();
    }

    /** Better a failure than a wait without end. */
    private void forgotten(Parcel parcel) {
        String what = "engine " + engine.id() + " took task " + parcel.id()
                + " and says nothing of what becomes of it; this is a fault of gridctl's";
        log.error(what);
        parcel.failed(new GridException(what));
    }

    /** Hands outcomes to those who wait for them, or to the owner once more. */
    private static void tell(FrameOwner owner, List<Ended> ended) {
        List<Parcel> again = new ArrayList<>(0);
        for (Ended each : ended) {
            List<Parcel> failed = each.tell();
            if (!failed.isEmpty()) {
                again.addAll(failed);
            }
        }
        if (!again.isEmpty()) {
            owner.again(again);
        }
    }

    private void refused(FrameFlight flight, @Nullable Object answer, @Nullable Throwable trouble) {
        synchronized (this) {
            if (flights.remove(flight.call.frame()) == null) {
                return;
            }
        }
        functions.lacks(flight.call.code().program(), flight.call.function());
        String reason = answer instanceof Refusal refusal ? refusal.reason() : String.valueOf(trouble);
        GridException failure = trouble == null
                ? new GridException("engine " + engine.id() + " did not take the call: " + reason)
                : new GridException("the call could not be brought to engine " + engine.id() + ": " + reason, trouble);
        flight.owner.answered(this, Ended.unrun(flight.parcels), List.of(), List.of());
        flight.sent.forEach(parcel -> parcel.failed(failure));
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
        Map<FrameOwner, List<Ended>> ended = new LinkedHashMap<>();
        List<Runnable> texts = new ArrayList<>();
        List<Runnable> lendings = new ArrayList<>(0);
        synchronized (this) {
            collected = Math.max(collected, reply.number());
            for (LateReply.Printed printed : reply.printed()) {
                Held held = late.get(printed.task());
                if (held != null) {
                    texts.add(() -> held.task().printed(printed.text()));
                } else if (isUnderWay(printed.task())) {
                    early.computeIfAbsent(printed.task(), id -> new Early())
                            .printed
                            .add(printed.text());
                }
            }
            for (LateReply.Lending lending : reply.lendings()) {
                Held held = late.get(lending.task());
                if (held != null) {
                    lendings.add(() -> held.owner().lends(this, held.task(), lending.lent()));
                } else if (isUnderWay(lending.task())) {
                    early.computeIfAbsent(lending.task(), id -> new Early()).lends = lending.lent();
                }
            }
            for (Outcome outcome : reply.outcomes()) {
                Held held = late.remove(outcome.task());
                if (held != null) {
                    ended.computeIfAbsent(held.owner(), owner -> new ArrayList<>())
                            .add(new Ended(held.task(), outcome));
                } else if (isUnderWay(outcome.task())) {
                    early.computeIfAbsent(outcome.task(), id -> new Early()).outcome = outcome;
                }
            }
        }
        texts.forEach(Runnable::run);
        reply.questions().forEach(question -> core.workers().execute(() -> answer(question)));
        lendings.forEach(Runnable::run);
        ended.forEach((owner, tasks) -> owner.answered(this, tasks, List.of(), List.of()));
        ended.forEach(EngineLink::tell);
    }

    /** A class or a resource that was not sent is looked for, beside Hazelcast's threads because files are read. */
    @SuppressWarnings("FutureReturnValueIgnored") // Whatever becomes of it, the engine waits for a bounded time.
    private void answer(CodeQuestion question) {
        ask(core.code().answer(engine, core.clientId(), question));
    }

    private boolean isUnderWay(long task) {
        for (FrameFlight flight : flights.values()) {
            if (flight.covers(task)) {
                return true;
            }
        }
        return false;
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

    /**
     * Drops tasks that this engine has, or tells it to stop them. The word may overtake a frame that is under way, so
     * for its tasks it is said again until it was said after the answer.
     */
    void cancel(List<Parcel> tasks, CancelCall.Manner manner) {
        List<Parcel> underWay;
        synchronized (this) {
            if (lost) {
                return;
            }
            underWay = packing > 0
                    ? tasks
                    : tasks.stream().filter(task -> isUnderWay(task.id())).toList();
        }
        long[] ids = tasks.stream().mapToLong(Parcel::id).toArray();
        LinkAnswer.whenAnswered(
                engine,
                core.submitControl(new CancelCall(core.clientId(), ids, manner), engine.member()),
                (answer, trouble) -> {
                    if (trouble != null) {
                        again(trouble, () -> cancel(tasks, manner));
                    } else if (!underWay.isEmpty()) {
                        core.later(() -> cancel(underWay, manner), CANCEL_AGAIN_MILLIS);
                    }
                });
    }

    /** Asks the engine something beside its slots. */
    CompletableFuture<@Nullable Object> ask(DeskCall call) {
        return questions.ask(call);
    }

    /**
     * Does something that changes the namespace when all such things before it have been done: of two pushes the later
     * one wins, though neither waits for its answer and the engine serves its clients by many threads.
     */
    CompletableFuture<@Nullable Object> inOrder(Supplier<CompletableFuture<@Nullable Object>> change) {
        return questions.inOrder(change);
    }

    /**
     * The engine is gone, or this client is closed: nothing more will come.
     *
     * @param then what is done when all owners know, perhaps by another thread
     */
    void lose(Runnable then) {
        news.execute(() -> {
            lost();
            then.run();
        });
    }

    private void lost() {
        Map<FrameOwner, List<Parcel>> unanswered = new LinkedHashMap<>();
        synchronized (this) {
            if (lost) {
                return;
            }
            lost = true;
            early.clear();
            unanswered.put(balanced, new ArrayList<>());
            for (FrameFlight flight : flights.values()) {
                unanswered
                        .computeIfAbsent(flight.owner, owner -> new ArrayList<>())
                        .addAll(flight.parcels);
            }
            late.values()
                    .forEach(held -> unanswered
                            .computeIfAbsent(held.owner(), owner -> new ArrayList<>())
                            .add(held.task()));
            flights.clear();
            late.clear();
        }
        core.code().forget(engine);
        questions.lose();
        unanswered.forEach((owner, tasks) -> owner.lost(this, tasks));
    }
}
