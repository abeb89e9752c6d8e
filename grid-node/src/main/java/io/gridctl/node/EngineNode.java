package io.gridctl.node;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.Partition;
import io.gridctl.EngineInfo;
import io.gridctl.EngineState;
import io.gridctl.GridException;
import io.gridctl.node.code.CodeSource;
import io.gridctl.node.code.ProgramLoaders;
import io.gridctl.node.code.StoredClasses;
import io.gridctl.node.engine.EngineCore;
import io.gridctl.node.sweep.Sweeper;
import io.gridctl.node.task.EngineRecord;
import io.gridctl.node.task.GridObjects;
import io.gridctl.node.task.SafeCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One engine: a Hazelcast data member that fills an engine id and runs tasks. It is ready when what it would lose is
 * backed up and it owns a part of the data.
 */
public final class EngineNode implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EngineNode.class);
    private static final Duration READY_WITHIN = Duration.ofSeconds(80);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    /**
     * Whoever joins later has data moved again, and a member that gets data before it is wholly up has all movement
     * paused for seconds. An engine that does not come at all ends the start long before.
     */
    private static final Duration COMPANY_WITHIN = Duration.ofSeconds(30);

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final HazelcastInstance hazelcast;
    private final EngineInfo info;
    private final EngineCore core;
    private final Sweeper sweeper;
    private final @Nullable URLClassLoader classPath;

    private EngineNode(
            HazelcastInstance hazelcast, EngineInfo info, EngineCore core, @Nullable URLClassLoader classPath) {
        this.hazelcast = hazelcast;
        this.info = info;
        this.core = core;
        this.classPath = classPath;
        sweeper = Sweeper.start(hazelcast);
    }

    /** The way into the grid of one of several engines that come up at the same time. Used by one thread. */
    public interface Entrance {
        /**
         * Blocks until this engine may join.
         *
         * @return the address of the member to join, as {@code host:port}; asked for again if it did not work
         */
        String seed();

        /** This engine has joined, or has given it up. */
        void passed();
    }

    /**
     * Starts an engine in a process of its own, to which programs bring their classes. Blocks until it is ready.
     *
     * @param node the grid
     * @param engine the engine
     * @return the running engine
     * @throws GridException if the id is filled by a living engine, or the engine does not become ready
     */
    public static EngineNode start(NodeSettings node, EngineSettings engine) {
        return start(() -> join(HazelcastSettings.engineProcess(node)), engine, 1);
    }

    /**
     * Starts an engine in a process of its own as one of several that come up at the same time. The grid's data is
     * spread once, over all of them, rather than anew for each that joins, which takes most of a grid's start.
     *
     * @param node the grid, without seeds
     * @param entrance gives the address of the member to join; asked when all that can be done before is done, which is
     *     most of a member's start
     * @param engine the engine
     * @param members how many members, the anchor included, to wait for a while before data is spread
     * @return the running engine
     * @throws GridException if the id is filled by a living engine, or the engine does not become ready
     */
    public static EngineNode start(NodeSettings node, Entrance entrance, EngineSettings engine, int members) {
        return start(() -> join(node, entrance), engine, members);
    }

    private static HazelcastInstance join(NodeSettings node, Entrance entrance) {
        try {
            return join(HazelcastSettings.engineProcess(node, entrance::seed));
        } finally {
            entrance.passed();
        }
    }

    private static EngineNode start(Supplier<HazelcastInstance> member, EngineSettings engine, int members) {
        URLClassLoader classPath = classPath(engine);
        return start(member, engine, members, source -> ProgramLoaders.shipping(source, classPath), classPath);
    }

    /**
     * Starts an engine inside the program's own process, whose classes it uses. Blocks until it is ready.
     *
     * @param node the grid
     * @param engine the engine
     * @param programClasses finds the program's classes
     * @return the running engine
     */
    public static EngineNode startInProcess(NodeSettings node, EngineSettings engine, ClassLoader programClasses) {
        return start(() -> join(node), engine, 1, source -> ProgramLoaders.inProcess(programClasses), null);
    }

    /**
     * Starts a grid inside the program's own process, whose classes its engines use. Blocks until all are ready. All
     * join before any is filled, so that the grid's data is spread once: with eight engines that takes a quarter of the
     * time.
     *
     * @param first the grid, without seeds
     * @param engines the engines, at least one
     * @param programClasses finds the program's classes
     * @return the running engines, in the order given
     */
    public static List<EngineNode> startAllInProcess(
            NodeSettings first, List<EngineSettings> engines, ClassLoader programClasses) {
        List<HazelcastInstance> members = new ArrayList<>();
        try {
            NodeSettings next = first;
            for (int joined = 0; joined < engines.size(); joined++) {
                members.add(join(next));
                next = first.withSeeds(List.of(address(members.get(0))));
            }
            List<EngineNode> nodes = new ArrayList<>();
            for (EngineSettings engine : engines) {
                nodes.add(fill(
                        members.get(nodes.size()), engine, source -> ProgramLoaders.inProcess(programClasses), null));
            }
            return nodes;
        } catch (RuntimeException | Error e) {
            members.forEach(member -> member.getLifecycleService().terminate());
            throw e;
        }
    }

    private static EngineNode start(
            Supplier<HazelcastInstance> member,
            EngineSettings engine,
            int members,
            Function<CodeSource, ProgramLoaders> loading,
            @Nullable URLClassLoader classPath) {
        long begun = System.nanoTime();
        HazelcastInstance hazelcast = member.get();
        try {
            long joined = System.nanoTime();
            awaitCompany(hazelcast, members);
            long accompanied = System.nanoTime();
            EngineNode filled = fill(hazelcast, engine, loading, classPath);
            log.info(
                    "engine {} joined in {} ms, waited {} ms for others and {} ms for its share of the data",
                    engine.id(),
                    TimeUnit.NANOSECONDS.toMillis(joined - begun),
                    TimeUnit.NANOSECONDS.toMillis(accompanied - joined),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - accompanied));
            return filled;
        } catch (RuntimeException | Error e) {
            hazelcast.getLifecycleService().terminate();
            throw e;
        }
    }

    private static HazelcastInstance join(NodeSettings node) {
        return join(HazelcastSettings.member(node, HazelcastSettings.Side.ENGINES));
    }

    private static HazelcastInstance join(Config config) {
        AsyncStages.ensure();
        return Joining.member(config);
    }

    /** Lets a member that has joined fill an engine's id. */
    private static EngineNode fill(
            HazelcastInstance hazelcast,
            EngineSettings engine,
            Function<CodeSource, ProgramLoaders> loading,
            @Nullable URLClassLoader classPath) {
        awaitShareOfData(hazelcast);
        EngineInfo claimed = claim(hazelcast, engine);
        StoredClasses classes = new StoredClasses(hazelcast.getMap(GridObjects.CODE));
        EngineCore core = EngineCore.open(hazelcast, claimed, loading, classes, engine.virtualSlots());
        EngineInfo ready = withState(claimed, EngineState.READY);
        engines(hazelcast).set(ready.id(), new EngineRecord(ready, localId(hazelcast)));
        return new EngineNode(hazelcast, ready, core, classPath);
    }

    private static @Nullable URLClassLoader classPath(EngineSettings engine) {
        if (engine.classPath().isEmpty()) {
            return null;
        }
        URL[] urls = engine.classPath().stream().map(EngineNode::url).toArray(URL[]::new);
        return new URLClassLoader("engine-class-path", urls, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("not usable in a class path: " + path, e);
        }
    }

    /** A member that owns nothing yet may lose data if others die now, so it does not count as up. */
    private static void awaitShareOfData(HazelcastInstance hazelcast) {
        // Asking for a partition's owner has the partitions assigned, if this is the first member.
        hazelcast.getPartitionService().getPartition("any").getOwner();
        await(() -> ownsPartition(hazelcast) && isSafe(hazelcast), "owns no part of the grid's data");
    }

    /**
     * Whether no data is on its way, and the copies of what this member and the oldest own are complete. The oldest
     * moves data about, and is the anchor if there is one, which shares every partition with an engine; the other
     * engines look after theirs. Asking all members is Hazelcast's own way, and had each of them connect to each other
     * before any was ready, which took a loaded machine half a minute.
     *
     * <p>When a grid starts there is nothing to ask: see {@link FirstArrangement}.
     */
    private static boolean isSafe(HazelcastInstance hazelcast) {
        FirstArrangement arrangement = FirstArrangement.of(hazelcast);
        if (arrangement.stands()) {
            return arrangement.isSettled();
        }
        if (!hazelcast.getPartitionService().isLocalMemberSafe()) {
            return false;
        }
        Member oldest = hazelcast.getCluster().getMembers().iterator().next();
        return oldest.localMember() || isSafe(hazelcast, oldest);
    }

    private static boolean isSafe(HazelcastInstance hazelcast, Member member) {
        Future<Boolean> answer =
                hazelcast.getExecutorService(GridObjects.CONTROL).submitToMember(new SafeCall(), member);
        try {
            return answer.get(ANSWER_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.debug("{} does not say whether it is safe", member, e);
            answer.cancel(true);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GridException("interrupted while the engine starts", e);
        }
    }

    /** If not all come in time, those that are there begin. */
    private static void awaitCompany(HazelcastInstance hazelcast, int members) {
        long end = System.nanoTime() + COMPANY_WITHIN.toNanos();
        while (hazelcast.getCluster().getMembers().size() < members && System.nanoTime() < end) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static boolean ownsPartition(HazelcastInstance hazelcast) {
        Member self = hazelcast.getCluster().getLocalMember();
        for (Partition partition : hazelcast.getPartitionService().getPartitions()) {
            if (self.equals(partition.getOwner())) {
                return true;
            }
        }
        return false;
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition, String otherwise) {
        long end = System.nanoTime() + READY_WITHIN.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new GridException(
                        "the engine is not ready after " + READY_WITHIN.toSeconds() + " s: it " + otherwise);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Fills the id, one incarnation after the one that filled it last. */
    private static EngineInfo claim(HazelcastInstance hazelcast, EngineSettings engine) {
        IMap<Integer, EngineRecord> engines = engines(hazelcast);
        while (true) {
            EngineRecord present = engines.get(engine.id());
            if (present != null && isMember(hazelcast, present.member())) {
                throw new GridException("engine " + engine.id() + " is running already, as process "
                        + present.info().pid() + " on " + present.info().host());
            }
            EngineInfo info = new EngineInfo(
                    engine.id(),
                    present == null ? 1 : present.info().incarnation() + 1,
                    EngineState.STARTING,
                    hazelcast.getCluster().getLocalMember().getAddress().getHost(),
                    ProcessHandle.current().pid(),
                    engine.slots(),
                    engine.tags());
            EngineRecord mine = new EngineRecord(info, localId(hazelcast));
            boolean filled = present == null
                    ? engines.putIfAbsent(engine.id(), mine) == null
                    : engines.replace(engine.id(), present, mine);
            if (filled) {
                return info;
            }
        }
    }

    private static boolean isMember(HazelcastInstance hazelcast, UUID member) {
        Set<UUID> members = hazelcast.getCluster().getMembers().stream()
                .map(Member::getUuid)
                .collect(Collectors.toSet());
        return members.contains(member);
    }

    private static UUID localId(HazelcastInstance hazelcast) {
        return hazelcast.getCluster().getLocalMember().getUuid();
    }

    private static IMap<Integer, EngineRecord> engines(HazelcastInstance hazelcast) {
        return hazelcast.getMap(GridObjects.ENGINES);
    }

    private static EngineInfo withState(EngineInfo info, EngineState state) {
        return new EngineInfo(info.id(), info.incarnation(), state, info.host(), info.pid(), info.slots(), info.tags());
    }

    /**
     * Who this engine is.
     *
     * @return its id, incarnation and the rest
     */
    public EngineInfo info() {
        return info;
    }

    /**
     * Where others find it.
     *
     * @return {@code host:port}
     */
    public String address() {
        return address(hazelcast);
    }

    private static String address(HazelcastInstance member) {
        var address = member.getCluster().getLocalMember().getAddress();
        return address.getHost() + ":" + address.getPort();
    }

    /** Takes no new work, hands its data over and leaves. Blocks until it has left. */
    public void leave() {
        engines(hazelcast).set(info.id(), new EngineRecord(withState(info, EngineState.LEAVING), localId(hazelcast)));
        core.close();
        sweeper.close();
        hazelcast.shutdown();
        closeClassPath();
    }

    /** Leaves at once, without handing data over. A second call does nothing. */
    @Override
    public void close() {
        core.close();
        sweeper.close();
        hazelcast.getLifecycleService().terminate();
        closeClassPath();
    }

    private void closeClassPath() {
        if (classPath != null) {
            try {
                classPath.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
