package io.gridctl.node;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.PartitionGroupConfig;
import com.hazelcast.config.SerializationConfig;
import com.hazelcast.config.TcpIpConfig;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleListener;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import com.hazelcast.spi.partitiongroup.PartitionGroupMetaData;
import io.gridctl.node.pipeline.PipelineTypes;
import io.gridctl.node.task.FrameService;
import io.gridctl.node.task.GridObjects;
import io.gridctl.node.task.WireTypes;
import java.util.List;
import java.util.function.Supplier;

/** How members and clients of a grid are configured: the one place, so that security can be added in one place. */
public final class HazelcastSettings {
    /** The member attribute that holds the process id. */
    public static final String PID_ATTRIBUTE = "grid.pid";

    private static final int FIRST_PORT = 17310;
    private static final int PORTS = 5000;

    /**
     * Buffers for pieces of large values, in KiB: with the default 128 a 64 MB value takes three times as long, and with
     * more than this nothing is gained. Hazelcast makes two as large for each end of each connection, and touches all of
     * them when it connects: with 4 MB each that was a twentieth of the start of six engines.
     */
    private static final String SOCKET_BUFFER_KB = "512";

    private static final long ROOM_FOR_DIRECT_BUFFERS = 1L << 30;

    /** A parked call of each client holds one thread, so this bounds the clients that wait at one engine. */
    private static final int CONTROL_THREADS = 1024;

    private static final int TASK_THREADS = 64;

    /** A text that no engine has asked for in that time is compiled again. */
    private static final int COMPILED_IDLE_SECONDS = 600;

    /** Of timers of Hazelcast's that have nothing to do: they wake two threads of each process every time. */
    private static final int IDLE_TIMER_MILLIS = 5_000;

    private HazelcastSettings() {}

    /** Which copies of a partition must not lie together. */
    enum Side {
        ANCHOR,
        ENGINES
    }

    /**
     * Whether a member is an anchor.
     *
     * @param member any member of a grid
     * @return false for an engine
     */
    public static boolean isAnchor(Member member) {
        return Side.ANCHOR.name().equals(member.getAttribute(PartitionGroupMetaData.PARTITION_GROUP_NODE));
    }

    static Config member(NodeSettings node, Side side) {
        Config config = new Config();
        config.setClusterName(node.secret());
        network(config.getNetworkConfig(), node);
        config.setProperty("hazelcast.logging.type", "slf4j")
                .setProperty("hazelcast.phone.home.enabled", "false")
                // Its lines are below the level that is logged, and it wakes the JVM's management for them, which is a
                // tenth of what a member's start takes.
                .setProperty("hazelcast.health.monitoring.level", "OFF")
                .setProperty("hazelcast.socket.bind.any", "false")
                .setProperty("hazelcast.socket.receive.buffer.size", SOCKET_BUFFER_KB)
                .setProperty("hazelcast.socket.send.buffer.size", SOCKET_BUFFER_KB)
                // Between members. Others are copied by the JDK on their way to the socket, which is a tenth of what
                // moving large values takes. They lie beside the heap, which bounds them all together.
                .setProperty(
                        "hazelcast.socket.buffer.direct",
                        String.valueOf(Runtime.getRuntime().maxMemory() >= ROOM_FOR_DIRECT_BUFFERS))
                .setProperty("hazelcast.shutdownhook.enabled", "false")
                .setProperty("hazelcast.wait.seconds.before.join", "0")
                .setProperty("hazelcast.max.join.seconds", "60")
                // Otherwise a member that finds one unconnected member sleeps a whole second; it connects when needed.
                .setProperty("hazelcast.connect.all.wait.seconds", "0")
                .setProperty("hazelcast.graceful.shutdown.max.wait", "30")
                // An engine is one of many on a machine: its threads serve one slot or a few, not all cores.
                .setProperty("hazelcast.operation.thread.count", "2")
                .setProperty("hazelcast.operation.generic.thread.count", "2")
                .setProperty("hazelcast.clientengine.thread.count", "4")
                .setProperty("hazelcast.event.thread.count", "1");
        config.getMetricsConfig().setEnabled(false);
        // Pipelines. Their user code runs on slots, so one thread moves what lies between; nothing is uploaded.
        // Nothing goes from member to member inside a job, so the timer for that need not tick.
        config.getJetConfig()
                .setEnabled(true)
                .setResourceUploadEnabled(false)
                .setCooperativeThreadCount(1)
                .setFlowControlPeriodMs(IDLE_TIMER_MILLIS);
        config.getManagementCenterConfig()
                .setScriptingEnabled(false)
                .setConsoleEnabled(false)
                .setDataAccessEnabled(false);
        // A list that matches nobody: no client may manage members.
        config.getManagementCenterConfig().addTrustedInterface("255.255.255.255");
        config.getMemberAttributeConfig()
                .setAttribute(PartitionGroupMetaData.PARTITION_GROUP_NODE, side.name())
                .setAttribute(
                        PID_ATTRIBUTE, String.valueOf(ProcessHandle.current().pid()));
        config.getPartitionGroupConfig().setEnabled(true).setGroupType(PartitionGroupConfig.MemberGroupType.NODE_AWARE);
        config.addExecutorConfig(new ExecutorConfig(GridObjects.TASKS, TASK_THREADS).setStatisticsEnabled(false));
        config.addExecutorConfig(new ExecutorConfig(GridObjects.CONTROL, CONTROL_THREADS).setStatisticsEnabled(false));
        for (String map : new String[] {
            GridObjects.ENGINES,
            GridObjects.NAMESPACE_PREFIX + "*",
            GridObjects.BLOB,
            GridObjects.CODE,
            GridObjects.TEXT,
            GridObjects.PIPELINE
        }) {
            config.addMapConfig(new MapConfig(map)
                    .setBackupCount(1)
                    // Pieces do not change, so an engine may read the copy that it holds for another member.
                    .setReadBackupData(map.equals(GridObjects.BLOB))
                    .setStatisticsEnabled(false)
                    .setPerEntryStatsEnabled(false)
                    .setMergePolicyConfig(new MergePolicyConfig().setPolicy(DiscardMergePolicy.class.getName())));
        }
        config.addMapConfig(new MapConfig(GridObjects.COMPILED)
                .setBackupCount(0)
                .setMaxIdleSeconds(COMPILED_IDLE_SECONDS)
                .setStatisticsEnabled(false)
                .setPerEntryStatsEnabled(false));
        serialization(config.getSerializationConfig());
        return config;
    }

    private static void network(NetworkConfig network, NodeSettings node) {
        network.setPort(FIRST_PORT).setPortAutoIncrement(true).setPortCount(PORTS);
        network.setReuseAddress(true);
        network.getInterfaces().setEnabled(true).addInterface(node.host());
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(1);
        seeds(join.getTcpIpConfig(), node.seeds());
    }

    private static void seeds(TcpIpConfig join, List<String> seeds) {
        join.setMembers(seeds);
        if (seeds.size() == 1) {
            // Goes straight to it. With a list, whoever is not connected within the second above, as happens when all
            // engines start at once, asks the others who leads and claims to lead, and starts over.
            join.setRequiredMember(seeds.get(0));
        }
    }

    /** Of an engine whose process is its own. In a program's own process Hazelcast's warning would be in the way. */
    static Config engineProcess(NodeSettings node) {
        Config config = member(node, Side.ENGINES);
        FrameService.install(config);
        return config;
    }

    /** The same for an engine that is told whom to join when it is about to, rather than before it is made. */
    static Config engineProcess(NodeSettings node, Supplier<String> seed) {
        Config config = engineProcess(node);
        config.addListenerConfig(new ListenerConfig((LifecycleListener) event -> {
            if (event.getState() == LifecycleEvent.LifecycleState.STARTING) {
                seeds(config.getNetworkConfig().getJoin().getTcpIpConfig(), List.of(seed.get()));
            }
        }));
        return config;
    }

    private static void serialization(SerializationConfig serialization) {
        serialization.addDataSerializableFactory(WireTypes.FACTORY_ID, WireTypes.factory());
        serialization.addDataSerializableFactory(PipelineTypes.FACTORY_ID, PipelineTypes.factory());
        JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig();
        filter.setDefaultsDisabled(true);
        // Members answer each other with exceptions of the JDK too. One that is refused here is an answer that never
        // arrives: while members join, whoever asked waits half a minute.
        filter.getWhitelist().addPrefixes("com.hazelcast.", "java.lang.", "java.util.", "java.io.", "[");
        serialization.setJavaSerializationFilterConfig(filter);
    }

    /**
     * How a client of a grid is configured.
     *
     * @param node the grid to connect to; its seeds are the addresses tried
     * @param connectTimeoutMillis how long to try
     * @return a configuration that the caller may add to
     */
    public static ClientConfig client(NodeSettings node, long connectTimeoutMillis) {
        ClientConfig config = new ClientConfig();
        config.setClusterName(node.secret());
        config.getNetworkConfig().setAddresses(node.seeds()).setConnectionTimeout(2000);
        config.getNetworkConfig().getSocketOptions().setBufferSize(Integer.parseInt(SOCKET_BUFFER_KB));
        config.getConnectionStrategyConfig()
                .getConnectionRetryConfig()
                .setInitialBackoffMillis(50)
                .setMaxBackoffMillis(500)
                .setClusterConnectTimeoutMillis(connectTimeoutMillis);
        config.setProperty("hazelcast.logging.type", "slf4j")
                .setProperty("hazelcast.client.statistics.enabled", "false")
                .setProperty("hazelcast.client.shuffle.member.list", "false")
                // How often it looks for changes whose backups were not told in time, after five seconds.
                .setProperty("hazelcast.client.internal.clean.resources.millis", "1000");
        config.getMetricsConfig().setEnabled(false);
        serialization(config.getSerializationConfig());
        return config;
    }
}
