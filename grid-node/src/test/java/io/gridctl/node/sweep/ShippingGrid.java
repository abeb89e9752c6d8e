package io.gridctl.node.sweep;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.gridctl.Grid;
import io.gridctl.node.AnchorNode;
import io.gridctl.node.EngineNode;
import io.gridctl.node.EngineSettings;
import io.gridctl.node.HazelcastSettings;
import io.gridctl.node.NodeSettings;
import io.gridctl.node.client.HazelcastGridProvider;
import io.gridctl.node.task.EngineDesk;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** A grid in this process whose engines get their classes over the network, as engines of their own processes do. */
public final class ShippingGrid implements AutoCloseable {
    private final NodeSettings settings;
    private final int slots;
    private final AnchorNode anchor;
    private final HazelcastInstance anchorMember;
    private final Map<Integer, EngineNode> engines = new HashMap<>();

    ShippingGrid(int count) {
        this(count, 1);
    }

    /** Starts an anchor and so many engines with so many slots each. */
    public ShippingGrid(int count, int slots) {
        this.slots = slots;
        NodeSettings first = new NodeSettings("test", UUID.randomUUID().toString(), List.of(), NodeSettings.LOOPBACK);
        anchor = AnchorNode.start(first);
        anchorMember = member(anchor.address());
        settings = first.withSeeds(List.of(anchor.address()));
        for (int id = 0; id < count; id++) {
            startEngine(id);
        }
    }

    void startEngine(int id) {
        engines.put(id, EngineNode.start(settings, new EngineSettings(id, slots, Set.of(), List.of())));
    }

    /** As if the engine's process had been killed. */
    void kill(int id) {
        EngineNode engine = Objects.requireNonNull(engines.remove(id));
        member(engine.address()).getLifecycleService().terminate();
        engine.close();
    }

    /** A client of its own, which the caller closes. None is kept here: each has megabytes of buffers. */
    public Grid connect() throws InterruptedException {
        HazelcastInstance client = HazelcastClient.newHazelcastClient(HazelcastSettings.client(settings, 10_000));
        Grid grid = HazelcastGridProvider.over("test", client);
        grid.awaitEngines(engines.size(), Duration.ofSeconds(30));
        return grid;
    }

    /** The oldest member. */
    HazelcastInstance member() {
        return anchorMember;
    }

    EngineDesk desk(int id) {
        EngineNode engine = Objects.requireNonNull(engines.get(id));
        return (EngineDesk) member(engine.address()).getUserContext().get(EngineDesk.CONTEXT_KEY);
    }

    private static HazelcastInstance member(String where) {
        return Hazelcast.getAllHazelcastInstances().stream()
                .filter(member -> {
                    var address = member.getCluster().getLocalMember().getAddress();
                    return where.equals(address.getHost() + ":" + address.getPort());
                })
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        engines.values().forEach(EngineNode::close);
        engines.clear();
        anchor.close();
    }
}
