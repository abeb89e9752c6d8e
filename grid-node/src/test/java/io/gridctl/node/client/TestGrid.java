package io.gridctl.node.client;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.impl.clientside.HazelcastClientProxy;
import com.hazelcast.client.impl.connection.tcp.TcpClientConnection;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleService;
import com.hazelcast.internal.networking.Channel;
import com.hazelcast.internal.nio.Connection;
import com.hazelcast.map.IMap;
import io.gridctl.ConnectOptions;
import io.gridctl.Grid;
import io.gridctl.node.AnchorNode;
import io.gridctl.node.EngineNode;
import io.gridctl.node.EngineSettings;
import io.gridctl.node.HazelcastSettings;
import io.gridctl.node.NodeSettings;
import io.gridctl.node.share.HostMemory;
import io.gridctl.node.task.EngineDesk;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** A grid in this process with an anchor, whose engines can be killed and started again, and whose links can be cut. */
public final class TestGrid implements AutoCloseable {
    private final NodeSettings settings;
    private final AnchorNode anchor;
    private final Map<Integer, EngineNode> engines = new HashMap<>();
    private final Map<Grid, HazelcastInstance> clients = new HashMap<>();

    /** Starts an anchor and engines 0, 1, …, each with the tags "any" and its own number. */
    public TestGrid(int count) {
        NodeSettings first = new NodeSettings("test", LocalGrid.secret(), List.of(), NodeSettings.LOOPBACK);
        anchor = AnchorNode.start(first);
        settings = first.withSeeds(List.of(anchor.address()));
        for (int id = 0; id < count; id++) {
            startEngine(id);
        }
    }

    /** With the tags "any" and its number. */
    public void startEngine(int id) {
        startEngine(new EngineSettings(id, 1, Set.of("any", "engine-" + id), List.of()));
    }

    void startEngine(EngineSettings engine) {
        engines.put(engine.id(), EngineNode.startInProcess(settings, engine, TestGrid.class.getClassLoader()));
    }

    /** Where it can be found. */
    String address() {
        return anchor.address();
    }

    boolean isThere(int id) {
        return engines.containsKey(id);
    }

    /** A client of its own. */
    public Grid connect() {
        return connect(ConnectOptions.defaults());
    }

    /** A client of its own, with options for its calls. */
    Grid connect(ConnectOptions options) {
        HazelcastInstance client = connectBare();
        Grid grid = new RemoteGrid("test", client, false, options.maxCallBytes(), () -> {});
        clients.put(grid, client);
        return grid;
    }

    /** What a client is made of, which the caller closes. */
    HazelcastInstance connectBare() {
        return HazelcastClient.newHazelcastClient(HazelcastSettings.client(settings, 10_000));
    }

    /** A client that is told of no record of an engine, as by members to which it is not connected yet. */
    Grid connectDeaf() {
        HazelcastInstance client = connectBare();
        HazelcastInstance deaf = changing(
                HazelcastInstance.class,
                client,
                "getMap",
                map -> changing(IMap.class, (IMap<?, ?>) map, "addEntryListener", id -> {
                    ((IMap<?, ?>) map).removeEntryListener((UUID) id);
                    return id;
                }));
        Grid grid =
                new RemoteGrid("test", deaf, false, ConnectOptions.defaults().maxCallBytes(), () -> {});
        clients.put(grid, client);
        return grid;
    }

    /** A client whose jobs come to nothing. */
    Grid connectWithoutJobs() {
        HazelcastInstance client = connectBare();
        HazelcastInstance jobless = changing(HazelcastInstance.class, client, "getJet", jet -> {
            throw new IllegalStateException("no job is begun here");
        });
        Grid grid =
                new RemoteGrid("test", jobless, false, ConnectOptions.defaults().maxCallBytes(), () -> {});
        clients.put(grid, client);
        return grid;
    }

    /** A client that, once armed, ends just after it was asked whether it still runs. */
    Grid connectEndingWhenAsked(AtomicBoolean armed, AutoCloseable owned) {
        HazelcastInstance client = connectBare();
        HazelcastInstance ending = changing(
                HazelcastInstance.class,
                client,
                "getLifecycleService",
                service -> changing(LifecycleService.class, (LifecycleService) service, "isRunning", running -> {
                    if (armed.get()) {
                        ((LifecycleService) service).terminate();
                    }
                    return running;
                }));
        return new RemoteGrid("test", ending, false, ConnectOptions.defaults().maxCallBytes(), owned);
    }

    /** The same object, but for what one of its methods returns. */
    private static <T> T changing(Class<T> type, T target, String method, UnaryOperator<Object> change) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, called, given) -> {
                    try {
                        Object result = called.invoke(target, given);
                        return called.getName().equals(method) ? change.apply(result) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    HazelcastInstance client(Grid grid) {
        return Objects.requireNonNull(clients.get(grid));
    }

    /** As if the engine's process had been killed: nothing is said to anybody. */
    public void kill(int id) {
        EngineNode engine = Objects.requireNonNull(engines.remove(id));
        member(engine).getLifecycleService().terminate();
        engine.close();
    }

    /** Breaks all connections of a client; it connects again by itself. */
    void cut(Grid grid) {
        ((HazelcastClientProxy) client(grid))
                .client
                .getConnectionManager()
                .getActiveConnections()
                .forEach(connection -> connection.close("cut by a test", null));
    }

    /** How many bytes a client has sent over all its connections. */
    long sentBytes(Grid grid) {
        return ((HazelcastClientProxy) client(grid))
                .client.getConnectionManager().getActiveConnections().stream()
                        .mapToLong(TestGrid::sentBytes)
                        .sum();
    }

    private static long sentBytes(Connection connection) {
        try {
            Field channel = TcpClientConnection.class.getDeclaredField("channel");
            channel.setAccessible(true);
            return ((Channel) channel.get(connection)).bytesWritten();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What answers an engine's clients. */
    public EngineDesk desk(int id) {
        EngineNode engine = Objects.requireNonNull(engines.get(id));
        return (EngineDesk) member(engine).getUserContext().get(EngineDesk.CONTEXT_KEY);
    }

    /** What an engine is, to Hazelcast. */
    public HazelcastInstance member(int id) {
        return member(Objects.requireNonNull(engines.get(id)));
    }

    private static HazelcastInstance member(EngineNode engine) {
        return Hazelcast.getAllHazelcastInstances().stream()
                .filter(member -> {
                    var address = member.getCluster().getLocalMember().getAddress();
                    return engine.address().equals(address.getHost() + ":" + address.getPort());
                })
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        List.copyOf(clients.keySet()).forEach(Grid::close);
        engines.values().forEach(EngineNode::close);
        anchor.close();
        HostMemory.of(settings.secret()).remove();
        // A test class may keep this grid until the last one has run, and each has megabytes of buffers.
        clients.clear();
        engines.clear();
    }
}
