package io.gridctl.node.client;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import com.hazelcast.map.IMap;
import io.gridctl.EngineLostException;
import io.gridctl.GridClosedException;
import io.gridctl.node.share.Exchange;
import io.gridctl.node.share.HostMemory;
import io.gridctl.node.task.BlobKey;
import io.gridctl.node.task.CancelCall;
import io.gridctl.node.task.CommonMemory;
import io.gridctl.node.task.DeskCall;
import io.gridctl.node.task.FrameCall;
import io.gridctl.node.task.GoodbyeCall;
import io.gridctl.node.task.GridMaps;
import io.gridctl.node.task.GridObjects;
import io.gridctl.node.task.LargeValues;
import io.gridctl.node.task.StoredValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** What all calls of one connection share: the Hazelcast client, its executor services, ids, and the grid's own threads. */
final class ClientCore implements AutoCloseable {
    private final HazelcastInstance hazelcast;
    private final IExecutorService taskService;
    private final IExecutorService controlService;
    private final CommonMemory memory;
    private final LargeValues largeValues;
    private final ClientCode code;
    private final Links links;
    private final Runnable whenCancelled;
    private final UUID clientId;
    private final String idPrefix;
    private final AtomicLong ids = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ScheduledExecutorService timer;
    private final ExecutorService workers;

    ClientCore(HazelcastInstance hazelcast, ClientCode code, Links links, Runnable whenCancelled) {
        this.whenCancelled = whenCancelled;
        this.links = links;
        this.hazelcast = hazelcast;
        this.code = code;
        // Members know when this client is gone for good, by the same id.
        clientId = hazelcast.getLocalEndpoint().getUuid();
        idPrefix = clientId.toString().substring(0, 8) + "-";
        taskService = hazelcast.getExecutorService(GridObjects.TASKS);
        controlService = hazelcast.getExecutorService(GridObjects.CONTROL);
        IMap<BlobKey, byte[]> pieces = hazelcast.getMap(GridObjects.BLOB);
        memory = new CommonMemory(
                hazelcast, HostMemory.ofGuest(hazelcast.getConfig().getClusterName()));
        largeValues = new LargeValues(pieces, memory);
        timer = Executors.newSingleThreadScheduledExecutor(daemon("grid-client-timer"));
        workers = Executors.newCachedThreadPool(daemon("grid-client-worker"));
    }

    /** Finds the way to an engine. */
    interface Links {
        Optional<EngineLink> ready(int engineId);
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    HazelcastInstance hazelcast() {
        return hazelcast;
    }

    ClientCode code() {
        return code;
    }

    UUID clientId() {
        return clientId;
    }

    long nextId() {
        return ids.incrementAndGet();
    }

    /** Several ids that follow one another; gives the first. */
    long nextIds(int count) {
        return ids.getAndAdd(count) + 1;
    }

    String idPrefix() {
        return idPrefix;
    }

    Executor workers() {
        return workers;
    }

    LargeValues largeValues() {
        return largeValues;
    }

    /** A file in this host's memory for the arguments of a call, if all engines share it and there is room. */
    Optional<Exchange> exchange(UUID id, int places, long bytes) {
        return memory.exchange(id, places, bytes);
    }

    IMap<String, StoredValue> namespace(int engineId) {
        return GridMaps.get(hazelcast, GridObjects.namespace(engineId));
    }

    Future<Object> submitTask(FrameCall frame, EngineRef engine) {
        return submit(taskService, frame, engine.member());
    }

    Future<Object> submitControl(DeskCall call, Member member) {
        return submit(controlService, call, member);
    }

    /** The last word to an engine, which may be said when everything else is closed. */
    Future<Object> submitGoodbye(Member member) {
        return controlService.submitToMember(new GoodbyeCall(clientId), member);
    }

    private Future<Object> submit(IExecutorService service, DeskCall call, Member member) {
        ensureOpen();
        return service.submitToMember(call, member);
    }

    /** Runs something after a while, unless this client is closed by then. */
    @SuppressWarnings("FutureReturnValueIgnored") // What is tried again reports by itself.
    void later(Runnable what, long millis) {
        try {
            timer.schedule(
                    () -> {
                        if (!isClosed()) {
                            what.run();
                        }
                    },
                    millis,
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            // Closing fails whatever was to be tried again.
            assert isClosed();
        }
    }

    boolean isClosed() {
        return closed.get();
    }

    void ensureOpen() {
        if (isClosed() || !hazelcast.getLifecycleService().isRunning()) {
            throw new GridClosedException("this grid object is closed; open a new one with Grid.connect()");
        }
    }

    EngineLostException lostException(EngineRef engine, String what) {
        return new EngineLostException(
                engine.id(), engine.incarnation(), what + "; `gridctl status` says why its process ended");
    }

    GridClosedException closedException() {
        return new GridClosedException("the grid object was closed before the call had ended");
    }

    /** Drops tasks: waiting ones are not sent any more, engines are told of the others. */
    void cancel(List<Parcel> tasks, CancelCall.Manner manner) {
        if (isClosed()) {
            return;
        }
        Map<Integer, List<Parcel>> byEngine = new HashMap<>();
        for (Parcel task : tasks) {
            EngineRef engine = task.engine();
            if (engine != null) {
                byEngine.computeIfAbsent(engine.id(), id -> new ArrayList<>()).add(task);
            }
        }
        whenCancelled.run();
        byEngine.forEach((id, held) -> links.ready(id).ifPresent(link -> link.cancel(held, manner)));
    }

    /** From here on nothing is submitted any more; false if that is so already. */
    boolean beginClose() {
        return closed.compareAndSet(false, true);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdown();
        memory.close();
        hazelcast.shutdown();
    }
}
