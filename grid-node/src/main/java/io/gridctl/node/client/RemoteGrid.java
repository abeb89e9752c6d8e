package io.gridctl.node.client;

import com.hazelcast.client.HazelcastClientNotActiveException;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import io.gridctl.DirectView;
import io.gridctl.Engine;
import io.gridctl.EngineInfo;
import io.gridctl.EngineListener;
import io.gridctl.EngineSelector;
import io.gridctl.Grid;
import io.gridctl.GridMemory;
import io.gridctl.GridStatus;
import io.gridctl.GridTimeoutException;
import io.gridctl.LoadBalancedView;
import io.gridctl.Subscription;
import io.gridctl.node.code.StoredClasses;
import io.gridctl.node.task.GridObjects;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A grid reached through a Hazelcast client. */
final class RemoteGrid implements Grid {
    private static final Logger log = LoggerFactory.getLogger(RemoteGrid.class);
    private static final int GOODBYE_MILLIS = 500;

    private final String name;
    private final ClientCore core;
    private final EngineDirectory directory;
    private final Targets targets;
    private final Calls calls;
    private final ScatterCalls scatters;
    private final PipelineCalls pipelines;
    private final StatusDesk statusDesk;
    private final MemoryDesk memoryDesk;
    private final Balancer balancer;
    private final LoadBalancedView loadBalanced;
    private final List<Told> listeners = new CopyOnWriteArrayList<>();
    private final AutoCloseable owned;

    /** A listener, and where its calls queue; each subscription is one of its own. */
    private static final class Told {
        private final EngineListener listener;
        private final InOrder calls;

        Told(EngineListener listener, InOrder calls) {
            this.listener = listener;
            this.calls = calls;
        }

        EngineListener listener() {
            return listener;
        }

        InOrder calls() {
            return calls;
        }
    }

    /**
     * Takes over a client.
     *
     * @param name the grid's name
     * @param hazelcast the client, which ends with this grid
     * @param ships whether engines need the program's classes
     * @param maxCallBytes how many bytes a function or an argument may have
     * @param owned what else ends with this grid
     */
    RemoteGrid(String name, HazelcastInstance hazelcast, boolean ships, long maxCallBytes, AutoCloseable owned) {
        this.name = name;
        this.owned = owned;
        ClientCode code = new ClientCode(
                new StoredClasses(hazelcast.getMap(GridObjects.CODE)),
                hazelcast.getLocalEndpoint().getUuid(),
                ships,
                maxCallBytes);
        core = new ClientCore(hazelcast, code, this::link, this::tasksCancelled);
        balancer = new Balancer(new Telling(), core::later);
        directory = new EngineDirectory(
                hazelcast, engine -> new EngineLink(engine, core, balancer), balancer, core::later, core.workers());
        targets = new Targets(core, directory);
        calls = new Calls(core);
        scatters = new ScatterCalls(core, calls, targets);
        pipelines = new PipelineCalls(core, calls, scatters);
        statusDesk = new StatusDesk(core, directory);
        memoryDesk = new MemoryDesk(core, directory);
        loadBalanced =
                new RemoteLoadBalancedView(new BalancedCalls(calls, balancer, core.workers()), ViewOptions.defaults());
        hazelcast.getLifecycleService().addLifecycleListener(event -> {
            if (event.getState() == LifecycleState.SHUTTING_DOWN && !core.isClosed()) {
                log.warn("grid {}: no member could be reached any more, the connection is closed", name);
                core.workers().execute(this::close);
            }
        });
        core.workers().execute(code::warmUp);
        directory.open();
        OpenGrids.opened(this);
    }

    private Optional<EngineLink> link(int id) {
        return directory.ready(id);
    }

    private void tasksCancelled() {
        balancer.cancelled();
    }

    /** Links that are gone fail or free their tasks first, then listeners are told. */
    private final class Telling implements Balancer.Next {
        @Override
        public void up(EngineLink link) {
            tell(EngineListener::engineReady, link.engine().info());
        }

        @Override
        public void down(EngineLink link) {
            link.lose(() -> tell(EngineListener::engineLost, link.engine().info()));
        }

        @Override
        public void silent(EngineLink link) {
            tell(EngineListener::engineSilent, link.engine().info());
        }

        @Override
        public void answers(EngineLink link) {
            tell(EngineListener::engineAnswers, link.engine().info());
        }

        private void tell(BiConsumer<EngineListener, EngineInfo> event, EngineInfo engine) {
            if (!core.isClosed()) {
                listeners.forEach(told -> told.calls().execute(() -> event.accept(told.listener(), engine)));
            }
        }
    }

    /** How much of the talk with all engines is remembered. */
    int held() {
        return directory.ready().stream().mapToInt(EngineLink::held).sum();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Integer> ids() {
        core.ensureOpen();
        return targets.ids();
    }

    @Override
    public Engine engine(int id) {
        targets.one(id);
        return new RemoteEngine(calls, targets, statusDesk, id);
    }

    @Override
    public DirectView engines() {
        return engines(EngineSelector.all());
    }

    @Override
    public DirectView engines(int... ids) {
        Objects.requireNonNull(ids, "ids");
        if (ids.length == 0) {
            throw new IllegalArgumentException("name at least one engine, or use engines() for all");
        }
        if (Arrays.stream(ids).distinct().count() < ids.length) {
            throw new IllegalArgumentException("an engine is named twice: " + Arrays.toString(ids));
        }
        for (int id : ids) {
            targets.one(id);
        }
        return engines(EngineSelector.ids(ids));
    }

    @Override
    public DirectView engines(EngineSelector selector) {
        core.ensureOpen();
        return new RemoteDirectView(calls, scatters, pipelines, targets, Objects.requireNonNull(selector, "selector"));
    }

    /** Which road work on parts of so many bytes takes, for tests. */
    void beginJobsFrom(long bytes) {
        calls.beginJobsFrom(bytes);
    }

    @Override
    public LoadBalancedView loadBalanced() {
        core.ensureOpen();
        return loadBalanced;
    }

    @Override
    public List<Integer> awaitEngines(int count, Duration timeout) throws InterruptedException {
        Objects.requireNonNull(timeout, "timeout");
        if (count < 1) {
            throw new IllegalArgumentException("wait for at least 1 engine, not " + count);
        }
        core.ensureOpen();
        if (!directory.await(count, timeout)) {
            throw new GridTimeoutException(targets.ids().size() + " of " + count + " engines are ready after "
                    + timeout.toMillis() + " ms; see `gridctl status`");
        }
        core.ensureOpen();
        return targets.ids();
    }

    @Override
    public Subscription onEngineChange(EngineListener listener) {
        core.ensureOpen();
        Told told = new Told(Objects.requireNonNull(listener, "listener"), new InOrder(core.workers()));
        listeners.add(told);
        return () -> listeners.remove(told);
    }

    @Override
    public GridStatus status() throws InterruptedException {
        return statusDesk.status(name);
    }

    @Override
    public GridMemory memory() throws InterruptedException {
        return memoryDesk.memory(name);
    }

    @Override
    public int cancelCalls() {
        return calls.open().cancel();
    }

    @Override
    public void close() {
        if (!core.beginClose()) {
            return;
        }
        OpenGrids.closed(this);
        List<EngineLink> links = directory.ready();
        try {
            // First what goes on fails for being closed; then engines stop it, which would look like a cancel.
            balancer.close();
            calls.open().fail(core.closedException());
            directory.close();
            sayGoodbye(links);
        } finally {
            core.close();
            closeOwned();
        }
    }

    private void closeOwned() {
        try {
            owned.close();
        } catch (Exception e) {
            log.warn("grid {}: not everything could be closed", name, e);
        }
    }

    /** Engines let go of what they hold for this client; those that do not hear it notice later by themselves. */
    private void sayGoodbye(List<EngineLink> links) {
        if (!core.hazelcast().getLifecycleService().isRunning()) {
            return;
        }
        try {
            CompletableFuture<?>[] said = links.stream()
                    .map(link -> (CompletableFuture<?>)
                            core.submitGoodbye(link.engine().member()))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(said).get(GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException
                | TimeoutException
                | HazelcastException
                | HazelcastClientNotActiveException
                | HazelcastInstanceNotActiveException unheard) {
            log.debug("grid {}: not every engine heard the goodbye", name, unheard);
        }
    }

    @Override
    public String toString() {
        return "grid " + name + (core.isClosed() ? ", closed" : " with engines " + targets.ids());
    }
}
