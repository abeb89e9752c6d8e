package io.gridctl.node.client;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.core.HazelcastInstance;
import io.gridctl.ConnectOptions;
import io.gridctl.Grid;
import io.gridctl.node.EngineNode;
import io.gridctl.node.EngineSettings;
import io.gridctl.node.HazelcastSettings;
import io.gridctl.node.NodeSettings;
import io.gridctl.node.share.HostMemory;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Engines in this process: members of a grid of their own, which share the program's classes. */
final class LocalGrid {
    private static final Logger log = LoggerFactory.getLogger(LocalGrid.class);
    private static final int MOST = 64;
    private static final int CONNECT_MILLIS = 10_000;

    private LocalGrid() {}

    static Grid start(int engines) {
        if (engines < 1 || engines > MOST) {
            throw new IllegalArgumentException("a grid in this process has 1 to " + MOST + " engines, not " + engines);
        }
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader classes = context == null ? ClassLoader.getSystemClassLoader() : context;
        NodeSettings first = new NodeSettings("local", secret(), List.of(), NodeSettings.LOOPBACK);
        List<EngineNode> nodes = EngineNode.startAllInProcess(
                first, IntStream.range(0, engines).mapToObj(LocalGrid::settings).toList(), classes);
        try {
            NodeSettings seeds = first.withSeeds(List.of(nodes.get(0).address()));
            HazelcastInstance client =
                    HazelcastClient.newHazelcastClient(HazelcastSettings.client(seeds, CONNECT_MILLIS));
            Thread atExit = new Thread(() -> HostMemory.of(first.secret()).remove(), "grid-memory-of-local");
            Runtime.getRuntime().addShutdownHook(atExit);
            return new RemoteGrid("local", client, false, ConnectOptions.MAX_CALL_BYTES, () -> {
                end(nodes, first.secret());
                forget(atExit);
            });
        } catch (RuntimeException | Error e) {
            end(nodes, first.secret());
            throw e;
        }
    }

    private static void forget(Thread atExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException ending) {
            log.debug("this program ends, and does the same", ending);
        }
    }

    private static void end(List<EngineNode> nodes, String secret) {
        nodes.forEach(EngineNode::close);
        HostMemory.of(secret).remove();
    }

    private static EngineSettings settings(int id) {
        return new EngineSettings(id, 1, Set.of(), List.of());
    }

    static String secret() {
        byte[] bits = new byte[16];
        new SecureRandom().nextBytes(bits);
        return HexFormat.of().formatHex(bits);
    }
}
