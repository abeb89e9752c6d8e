package io.gridctl.node.pipeline;

import com.hazelcast.cluster.Member;
import com.hazelcast.partition.Partition;
import com.hazelcast.partition.PartitionService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Who reads which partitions of a map: engines those that they own, so that they need not travel, and each of them as many
 * of the others, which the anchor owns or engines that have no share.
 */
final class PartitionShares {
    private final Map<UUID, List<Integer>> shares = new HashMap<>();

    private PartitionShares(List<UUID> readers) {
        readers.forEach(reader -> shares.put(reader, new ArrayList<>()));
    }

    static PartitionShares of(PartitionService service, List<UUID> readers) {
        PartitionShares shares = new PartitionShares(readers);
        List<Integer> others = new ArrayList<>();
        for (Partition partition : service.getPartitions()) {
            Member owner = partition.getOwner();
            List<Integer> own = owner == null ? null : shares.shares.get(owner.getUuid());
            (own == null ? others : own).add(partition.getPartitionId());
        }
        for (int partition : others) {
            readers.stream()
                    .map(reader -> Objects.requireNonNull(shares.shares.get(reader)))
                    .min((one, other) -> Integer.compare(one.size(), other.size()))
                    .ifPresent(fewest -> fewest.add(partition));
        }
        return shares;
    }

    int[] of(UUID reader) {
        return shares.getOrDefault(reader, List.of()).stream()
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
