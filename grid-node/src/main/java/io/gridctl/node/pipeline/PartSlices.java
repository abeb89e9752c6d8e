package io.gridctl.node.pipeline;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.gridctl.NoSuchNameException;
import io.gridctl.node.payload.Slices;
import io.gridctl.node.payload.Slices.Slice;
import io.gridctl.node.task.GridObjects;
import io.gridctl.node.task.LargeValues;
import io.gridctl.node.task.StoredValue;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What lies under a name on some engines, which need not be there any more. A value that was not stored in slices is one
 * slice, whose elements nobody has counted.
 */
final class PartSlices implements SliceSource {
    private final HazelcastInstance hazelcast;
    private final LargeValues values;
    private final String name;
    private final List<Integer> engines;
    private Slices.@Nullable Reader open;
    private int at;

    PartSlices(HazelcastInstance hazelcast, LargeValues values, String name, List<Integer> engines) {
        this.hazelcast = hazelcast;
        this.values = values;
        this.name = name;
        this.engines = engines;
    }

    @Override
    public @Nullable Slice next() throws IOException {
        while (true) {
            Slice slice = open == null ? null : open.next();
            if (slice != null) {
                return slice;
            }
            if (at == engines.size()) {
                return null;
            }
            int engine = engines.get(at++);
            IMap<String, StoredValue> names = hazelcast.getMap(GridObjects.namespace(engine));
            StoredValue stored = names.get(name);
            if (stored == null) {
                throw new NoSuchNameException(engine, name);
            }
            UUID blob = stored.blob();
            if (blob == null) {
                return new Slice(stored.bytes(), 0);
            }
            open = Slices.Reader.of(values.reader(blob, stored.length()), stored.length());
            if (open == null) {
                return new Slice(values.reader(blob, stored.length()).readAllBytes(), 0);
            }
        }
    }

    @Override
    public long done() {
        return at;
    }

    @Override
    public long total() {
        return engines.size();
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
