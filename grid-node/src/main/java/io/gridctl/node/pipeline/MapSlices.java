package io.gridctl.node.pipeline;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import com.hazelcast.partition.PartitionService;
import com.hazelcast.query.Predicates;
import io.gridctl.node.payload.PayloadCodec;
import io.gridctl.node.payload.Slices.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Entries of some partitions of a map; one partition at a time is in memory. */
final class MapSlices implements SliceSource {
    private static final int SLICE_BYTES = 1 << 20;

    private final PartitionService service;
    private final IMap<Object, Object> map;
    private final int[] partitions;
    private final PayloadCodec codec = new PayloadCodec();
    private Iterator<Map.Entry<Object, Object>> entries = Collections.emptyIterator();
    private @Nullable Object[] keys = {};
    private int at;
    private int atOnce = 16;

    MapSlices(HazelcastInstance hazelcast, String name, int[] partitions) {
        service = hazelcast.getPartitionService();
        map = hazelcast.getMap(name);
        this.partitions = partitions.clone();
    }

    @Override
    public @Nullable Slice next() {
        while (!entries.hasNext()) {
            if (at == partitions.length) {
                return null;
            }
            entries = map.entrySet(Predicates.partitionPredicate(key(partitions[at++]), Predicates.alwaysTrue()))
                    .iterator();
        }
        List<Map.Entry<Object, Object>> some = new ArrayList<>(atOnce);
        while (entries.hasNext() && some.size() < atOnce) {
            some.add(entry(entries.next()));
        }
        byte[] bytes = codec.encode(some);
        // Values may be numbers or megabytes.
        long each = Math.max(1, bytes.length / some.size());
        atOnce = (int) Math.max(1, Math.min(2L * atOnce, SLICE_BYTES / each));
        return new Slice(bytes, some.size());
    }

    private Map.Entry<Object, Object> entry(Map.Entry<Object, Object> lazy) {
        try {
            return Map.entry(lazy.getKey(), lazy.getValue());
        } catch (HazelcastSerializationException e) {
            throw new IllegalArgumentException(
                    "map '" + map.getName() + "' has an entry that engines cannot read: " + e.getMessage()
                            + "; they read keys and values of the JDK's types",
                    e);
        }
    }

    /** Any key that lies in the partition. */
    private Object key(int partition) {
        if (keys.length == 0) {
            keys = new Object[service.getPartitions().size()];
            int found = 0;
            for (int key = 0; found < keys.length; key++) {
                int where = service.getPartition(key).getPartitionId();
                if (keys[where] == null) {
                    keys[where] = key;
                    found++;
                }
            }
        }
        return Objects.requireNonNull(keys[partition]);
    }

    @Override
    public long done() {
        return at;
    }

    @Override
    public long total() {
        return partitions.length;
    }

    @Override
    public String seen() {
        return "";
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
