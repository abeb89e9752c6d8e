package io.gridctl.node.engine;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.spi.partitiongroup.PartitionGroupMetaData;
import io.gridctl.node.share.HostMemory;
import io.gridctl.node.share.SharedValue;
import io.gridctl.node.task.LargeValues;
import io.gridctl.node.task.StoredValue;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Reads large values for an engine; those that were sent to several engines of this host, together with the others. */
final class ValueReader implements AutoCloseable {
    /** Differs between engines and the anchor. */
    private static final String KIND = PartitionGroupMetaData.PARTITION_GROUP_NODE;

    private final int engineId;
    private final Cluster cluster;
    private final LargeValues values;
    private final HostMemory memory;

    ValueReader(int engineId, HazelcastInstance hazelcast, LargeValues values, HostMemory memory) {
        this.engineId = engineId;
        this.cluster = hazelcast.getCluster();
        this.values = values;
        this.memory = memory;
    }

    /** Blocks until the value is there; {@link LargeValues.ReplacedException} if it is not any more. */
    void read(UUID blob, StoredValue stored, LargeValues.Sink sink) {
        Optional<SharedValue> opened = isShared(stored)
                ? memory.open(blob, stored.length(), LargeValues.PIECE)
                : memory.find(blob, stored.length(), LargeValues.PIECE);
        if (opened.isEmpty()) {
            values.read(blob, stored.length(), sink);
            return;
        }
        try (SharedValue shared = opened.get()) {
            values.read(blob, stored.length(), sink, shared);
            shared.finished(engineId, stored.references());
        }
    }

    @Override
    public void close() {
        memory.close();
    }

    private boolean isShared(StoredValue stored) {
        return stored.references() > 1
                && cluster.getMembers().stream().anyMatch(member -> !member.localMember() && isEngineHere(member));
    }

    private boolean isEngineHere(Member member) {
        Member self = cluster.getLocalMember();
        return member.getAddress().getHost().equals(self.getAddress().getHost())
                && Objects.equals(member.getAttribute(KIND), self.getAttribute(KIND));
    }
}
