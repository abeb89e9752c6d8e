package io.gridctl.node;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.core.ExecutionCallback;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.gridctl.node.sweep.Sweeper;
import io.gridctl.node.task.GridObjects;
import io.gridctl.node.task.LoadCall;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The member without slots that is first to start on a host. It keeps a copy of everything the engines hold, in a
 * partition group of its own, so that all engines of the host may die at once and nothing is lost.
 */
public final class AnchorNode implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AnchorNode.class);

    private final HazelcastInstance hazelcast;
    private final Sweeper sweeper;

    private AnchorNode(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
        sweeper = Sweeper.start(hazelcast);
    }

    /**
     * Starts the anchor and, if the settings name no seeds, the grid with it. Blocks until it has joined.
     *
     * @param settings the grid
     * @return the running anchor
     */
    public static AnchorNode start(NodeSettings settings) {
        AsyncStages.ensure();
        Config config = HazelcastSettings.member(settings, HazelcastSettings.Side.ANCHOR);
        return new AnchorNode(Hazelcast.newHazelcastInstance(config));
    }

    /**
     * Where engines and clients find it.
     *
     * @return {@code host:port}
     */
    public String address() {
        return address(hazelcast.getCluster().getLocalMember());
    }

    /**
     * Where clients find the grid.
     *
     * @return this member's address, and behind it those of the members there are now
     */
    public List<String> members() {
        Set<String> addresses = new LinkedHashSet<>();
        addresses.add(address());
        hazelcast.getCluster().getMembers().forEach(member -> addresses.add(address(member)));
        return List.copyOf(addresses);
    }

    /**
     * Asks an engine for a sign of life, on the road that it answers beside its slots. Does not wait.
     *
     * @param pid the engine's process on this host
     * @param answered called, on a thread of Hazelcast's, if and when it answers
     */
    public void ping(long pid, Runnable answered) {
        String process = Long.toString(pid);
        hazelcast.getCluster().getMembers().stream()
                .filter(member -> process.equals(member.getAttribute(HazelcastSettings.PID_ATTRIBUTE)))
                .forEach(member -> hazelcast
                        .getExecutorService(GridObjects.CONTROL)
                        .submitToMember(new LoadCall(), member, new ExecutionCallback<Object>() {
                            @Override
                            public void onResponse(@Nullable Object load) {
                                answered.run();
                            }

                            @Override
                            public void onFailure(Throwable trouble) {
                                log.debug("process {} could not be asked for a sign of life", process, trouble);
                            }
                        }));
    }

    private static String address(Member member) {
        return member.getAddress().getHost() + ":" + member.getAddress().getPort();
    }

    /** Leaves at once, without handing data over. */
    @Override
    public void close() {
        sweeper.close();
        hazelcast.getLifecycleService().terminate();
    }
}
