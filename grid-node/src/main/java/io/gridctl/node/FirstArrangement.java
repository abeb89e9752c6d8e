package io.gridctl.node;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.partition.IPartition;
import com.hazelcast.internal.partition.IPartitionService;
import com.hazelcast.jet.impl.util.Util;
import com.hazelcast.spi.impl.NodeEngine;

/**
 * Where the grid's data was put when it was first spread over its members. As long as none of it has been moved since,
 * every copy is complete, and nobody need be asked: a partition and its copy were both empty when they got their members,
 * and what is stored is copied before whoever stores it is answered. Hazelcast's own check does not know this and asks
 * whoever holds the copy of each partition; when six engines start on two cores that is a tenth of all the work.
 *
 * <p>Internal API of Hazelcast's, so its version is pinned.
 */
final class FirstArrangement {
    private final IPartitionService partitions;

    private FirstArrangement(IPartitionService partitions) {
        this.partitions = partitions;
    }

    /** As a member sees it. */
    static FirstArrangement of(HazelcastInstance member) {
        NodeEngine engine = Util.getNodeEngine(member);
        return new FirstArrangement(engine.getPartitionService());
    }

    /** Whether all data is spread, and all of it is where it was put first. */
    boolean stands() {
        for (int partition = 0; partition < partitions.getPartitionCount(); partition++) {
            if (!wasPutOnce(partitions.getPartition(partition, false))) {
                return false;
            }
        }
        return true;
    }

    /**
     * The version counts the changes of owner and copies, those that failed included: where it is the number of members
     * that hold the partition, each of them was the first in its place.
     */
    private static boolean wasPutOnce(IPartition partition) {
        int holders = 0;
        while (holders <= IPartition.MAX_BACKUP_COUNT && partition.getReplicaAddress(holders) != null) {
            holders++;
        }
        return holders > 0 && partition.version() == holders;
    }

    /** Whether it lacks nobody, and the oldest member, which is asked, has nothing to move. */
    boolean isSettled() {
        return partitions.isPartitionTableSafe();
    }
}
