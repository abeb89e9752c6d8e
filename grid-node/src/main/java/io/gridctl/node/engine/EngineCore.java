package io.gridctl.node.engine;

import com.hazelcast.core.HazelcastInstance;
import io.gridctl.EngineInfo;
import io.gridctl.GridMemory.Results;
import io.gridctl.NamedValue;
import io.gridctl.node.code.CodeSource;
import io.gridctl.node.code.ProgramLoaders;
import io.gridctl.node.code.StoredClasses;
import io.gridctl.node.share.HostMemory;
import io.gridctl.node.task.CancelCall;
import io.gridctl.node.task.CodeAnswerCall;
import io.gridctl.node.task.CollectCall;
import io.gridctl.node.task.EngineDesk;
import io.gridctl.node.task.EngineLoad;
import io.gridctl.node.task.FrameCall;
import io.gridctl.node.task.FrameReply;
import io.gridctl.node.task.FunctionPack;
import io.gridctl.node.task.GridObjects;
import io.gridctl.node.task.LargeValues;
import io.gridctl.node.task.LateReply;
import io.gridctl.node.task.MemberMemory;
import io.gridctl.node.task.MemoryReply;
import io.gridctl.node.task.Outcome;
import io.gridctl.node.task.PushCall;
import io.gridctl.node.task.SlotCall;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What makes a member an engine: its slots, its namespace, the programs it has loaded, and what it keeps for each
 * client. Calls of clients reach it through {@link EngineDesk}.
 */
public final class EngineCore implements EngineDesk, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EngineCore.class);

    /** How long a task that is cancelled by force has to take notice. */
    private static final long GRACE_MILLIS = 1_000;

    /** Frames with this time are seldom answered before their tasks have ended; to look often takes from these. */
    private static final int SLOW_BUDGET_MILLIS = 50;

    /** The exit status of an engine that ends for a task that does not. */
    public static final int REPLACED = 75;

    private final Programs programs;
    private final ProgramOwners owners;
    private final KeptFunctions functions;
    private final LiveNamespace namespace;
    private final Interpreter interpreter;
    private final TaskRunner runner;
    private final Limiter limiter;
    private final Slots slots;
    private final FrameClock clock;
    private final FrameClock slowClock;
    private final ClientWatch clientWatch;
    private final UnloadWatch unloadWatch;
    private final boolean inProcess;
    private final HostMemory memory;
    private final Map<String, Object> userContext;
    private final Map<UUID, ClientState> clients = new ConcurrentHashMap<>();

    private EngineCore(
            HazelcastInstance hazelcast,
            EngineInfo engine,
            Programs programs,
            ProgramOwners owners,
            LiveNamespace namespace,
            SlotThreads slotThreads,
            boolean inProcess) {
        this.inProcess = inProcess;
        userContext = hazelcast.getUserContext();
        memory = MemberMemory.of(hazelcast);
        this.programs = programs;
        this.owners = owners;
        this.namespace = namespace;
        limiter = new Limiter(engine.id());
        functions = new KeptFunctions(limiter::later);
        interpreter = new Interpreter(
                engine.id(),
                programs,
                hazelcast.getCluster().getLocalMember().getUuid(),
                namespace,
                new TextSource(
                        engine.id(),
                        programs.classPath(),
                        new TextLog(engine.id(), hazelcast.getMap(GridObjects.TEXT)),
                        new SharedTexts(engine.id(), hazelcast)));
        runner = new TaskRunner(programs, namespace, interpreter, limiter);
        slots = new Slots(engine.id(), engine.slots(), runner, slotThreads, limiter);
        clock = new FrameClock(limiter::later, System::nanoTime, FrameCall.LEAST_BUDGET_MILLIS);
        slowClock = new FrameClock(limiter::later, System::nanoTime, SLOW_BUDGET_MILLIS);
        unloadWatch = new UnloadWatch(engine.id());
        clientWatch = new ClientWatch(hazelcast, programs::warmUp, this::goodbye);
    }

    /**
     * Opens the desk of an engine on a member.
     *
     * @param hazelcast the member
     * @param engine who it is
     * @param loading makes the loaders of the programs' classes, given where they ask for what was not sent
     * @param classes the classes that stored values need
     * @param virtualSlots whether user code runs on virtual threads
     * @return the running engine
     */
    public static EngineCore open(
            HazelcastInstance hazelcast,
            EngineInfo engine,
            Function<CodeSource, ProgramLoaders> loading,
            StoredClasses classes,
            boolean virtualSlots) {
        ProgramOwners owners = new ProgramOwners(
                classes,
                client -> hazelcast.getClientService().getConnectedClients().stream()
                        .anyMatch(connected -> connected.getUuid().equals(client)));
        ProgramLoaders loaders = loading.apply(owners);
        LargeValues largeValues = LargeValues.of(hazelcast);
        HostMemory memory = MemberMemory.of(hazelcast);
        LiveNamespace namespace = new LiveNamespace(
                engine.id(),
                engine.incarnation(),
                hazelcast.getMap(GridObjects.namespace(engine.id())),
                largeValues,
                new ValueReader(engine.id(), hazelcast, largeValues, memory));
        EngineCore core = new EngineCore(
                hazelcast,
                engine,
                new Programs(loaders, classes),
                owners,
                namespace,
                new SlotThreads(virtualSlots),
                loaders.isInProcess());
        OutputCapture.install(core);
        core.userContext.put(EngineDesk.CONTEXT_KEY, core);
        return core;
    }

    private ClientState client(UUID client) {
        return clients.computeIfAbsent(client, id -> new ClientState());
    }

    @Override
    public FrameReply accept(FrameCall call) throws InterruptedException {
        arrived(call);
        FunctionPack function = functions.await(call.code().program(), call.function());
        if (function == null) {
            return FrameReply.lacksFunction();
        }
        AcceptedFrame frame = take(call, function);
        CompletableFuture<FrameReply> answer = new CompletableFuture<>();
        frame.whenAnswered(answer::complete);
        lookFor(frame);
        try {
            return answer.get();
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }

    /** To be woken takes as long as a short task. */
    @SuppressWarnings("ThreadPriorityCheck") // Correct whatever the scheduler does; the future is what waits.
    private static void lookFor(AcceptedFrame frame) {
        long end = System.nanoTime() + frame.lookNanos();
        while (!frame.isAnswered() && System.nanoTime() < end) {
            Thread.yield();
        }
    }

    @Override
    public boolean accept(FrameCall call, Consumer<FrameReply> answer) {
        // To add classes takes its time.
        if (!call.code().classes().isEmpty()) {
            return false;
        }
        arrived(call);
        FunctionPack function = functions.find(call.code().program(), call.function());
        if (function == null) {
            return false;
        }
        take(call, function).whenAnswered(answer);
        return true;
    }

    private void arrived(FrameCall call) {
        programs.add(call.client(), call.code());
        owners.own(call.code(), call.client(), client(call.client()));
    }

    private AcceptedFrame take(FrameCall call, FunctionPack function) {
        ClientState client = client(call.client());
        ClientState.Acceptance acceptance =
                client.accept(function.bytes() == call.function().bytes() ? call : call.withFunction(function));
        AcceptedFrame frame = acceptance.frame();
        if (acceptance.first()) {
            frame.exchangesBy(memory);
            if (call.budgetMillis() > 0) {
                (call.budgetMillis() < SLOW_BUDGET_MILLIS ? clock : slowClock).watch(frame);
            }
            client.start(frame, slots::submit);
            if (call.budgetMillis() == 0) {
                frame.answerNow();
            }
        }
        return frame;
    }

    @Override
    public SlotCall call(FrameCall frame) {
        programs.add(frame.client(), frame.code());
        owners.own(frame.code(), frame.client(), client(frame.client()));
        // Not among its client's frames: nothing is delivered from here.
        AcceptedFrame accepted = new AcceptedFrame(frame, new ClientState(), new Look());
        EngineTask task = accepted.tasks().get(0);
        slots.submit(accepted.tasks());
        return new SlotCall() {
            @Override
            public @Nullable Outcome outcome() {
                return task.outcome();
            }

            @Override
            public void cancel() {
                task.cancel(true);
            }
        };
    }

    @Override
    public void push(PushCall call) {
        programs.add(call.client(), call.code());
        owners.own(call.code(), call.client(), client(call.client()));
        Map<String, LiveNamespace.Change> changes = new LinkedHashMap<>();
        call.values().forEach(named -> changes.put(named.name(), LiveNamespace.Change.of(named.value())));
        namespace.write(changes);
    }

    @Override
    public void remove(Collection<String> names) {
        namespace.remove(names);
    }

    @Override
    public List<NamedValue> names() {
        return namespace.listing();
    }

    @Override
    public void cancel(UUID client, long[] tasks, CancelCall.Manner manner) {
        List<EngineTask> cancelled = client(client).tasks(tasks);
        EngineTask.cancel(cancelled, manner != CancelCall.Manner.DROP);
        if (manner == CancelCall.Manner.FORCE && !cancelled.isEmpty()) {
            limiter.later(() -> replaceIfDeaf(cancelled), GRACE_MILLIS);
        }
    }

    /** A thread that ignores its interrupt ends only with its process, which the anchor replaces. */
    private void replaceIfDeaf(List<EngineTask> cancelled) {
        if (cancelled.stream().noneMatch(EngineTask::occupiesSlot)) {
            return;
        }
        if (inProcess) {
            log.warn("a task ignores that it was cancelled; its engine is part of this process and cannot be replaced");
            return;
        }
        log.error("a task ignores that it was cancelled by force: this engine ends and is to be replaced");
        Runtime.getRuntime().halt(REPLACED);
    }

    @Override
    public EngineLoad load() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return new EngineLoad(slots.running(), slots.waiting(), runner.done(), heap.getUsed(), heap.getMax());
    }

    @Override
    public MemoryReply memory() {
        List<Results> results = new ArrayList<>();
        clients.forEach((client, state) -> {
            Collection<Outcome> kept = state.outcomes();
            if (!kept.isEmpty()) {
                results.add(new Results(
                        client,
                        kept.size(),
                        kept.stream().mapToLong(Outcome::bytes).sum()));
            }
        });
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return new MemoryReply(
                heap.getUsed(), heap.getMax(), programs.classes(), functions.held(programs.clients()), results);
    }

    @Override
    public LateReply collect(CollectCall call) throws InterruptedException {
        return client(call.client()).collect(call);
    }

    @Override
    public void answered(CodeAnswerCall answer) {
        ClientState client = clients.get(answer.client());
        if (client != null) {
            client.answered(answer);
        }
    }

    @Override
    public void goodbye(UUID client) {
        ClientState state = clients.remove(client);
        if (state != null) {
            state.cancelAll();
        }
        for (Programs.Program program : programs.release(client)) {
            functions.forget(program.id());
            namespace.forget(program);
            unloadWatch.left(program);
        }
        owners.release(client);
    }

    /** How much is held for clients: frames, running tasks, undelivered outcomes. */
    int held() {
        return clients.values().stream().mapToInt(ClientState::held).sum();
    }

    /** How many clients anything is held for. */
    int clients() {
        return clients.size();
    }

    /** Threads of the slots, spare ones included. */
    int slotThreads() {
        return slots.threadCount();
    }

    /** Tasks that could go on if others did not run in their place. */
    int returning() {
        return slots.returning();
    }

    /** As if all large functions had made room for others. */
    void forgetFunctions() {
        programs.clients().keySet().forEach(functions::forget);
    }

    /** How many programs are loaded. */
    int programs() {
        return programs.size();
    }

    /** Whether all of this process belongs to this engine, so that a thread that runs no task prints for the one that runs. */
    boolean ownsProcess() {
        return !inProcess;
    }

    @Nullable
    EngineTask onlyRunningTask() {
        return slots.only();
    }

    /** Ends the slots; what runs is interrupted and its outcome is lost. */
    @Override
    public void close() {
        // The member may have ended before, and then it gives nothing any more.
        userContext.remove(EngineDesk.CONTEXT_KEY);
        OutputCapture.remove(this);
        slots.close();
        namespace.close();
        interpreter.close();
        limiter.close();
        clientWatch.close();
        unloadWatch.close();
        programs.close();
    }
}
