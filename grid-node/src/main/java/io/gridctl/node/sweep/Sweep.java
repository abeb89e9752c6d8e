package io.gridctl.node.sweep;

import com.hazelcast.client.Client;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.DistributedObject;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.gridctl.node.code.StoredClasses;
import io.gridctl.node.code.StoredKey;
import io.gridctl.node.code.StoredKey.Kind;
import io.gridctl.node.code.StoredListing;
import io.gridctl.node.pipeline.PipelineReport;
import io.gridctl.node.task.BlobKey;
import io.gridctl.node.task.GridObjects;
import io.gridctl.node.task.ReadHeading;
import io.gridctl.node.task.RemoveUnchanged;
import io.gridctl.node.task.ValueHeading;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look after another at what the grid's maps hold. What counts is what is there: whoever wrote a thing may be gone,
 * and so may whoever should have removed it.
 *
 * <p>Things are listed before the names that may refer to them, so that what is written meanwhile is not among them. For
 * one thread.
 */
final class Sweep {
    private static final Logger log = LoggerFactory.getLogger(Sweep.class);

    private final HazelcastInstance hazelcast;
    private final Orphans<UUID, Set<BlobKey>> values;
    private final Orphans<String, Long> entries;

    Sweep(HazelcastInstance hazelcast, Duration age, LongSupplier clock) {
        this.hazelcast = hazelcast;
        values = new Orphans<>(age, clock);
        entries = new Orphans<>(age, clock);
    }

    /** Looked up each time: a map that is kept keeps its member in memory when that has long left. */
    private IMap<BlobKey, byte[]> pieces() {
        return hazelcast.getMap(GridObjects.BLOB);
    }

    private IMap<String, byte[]> code() {
        return hazelcast.getMap(GridObjects.CODE);
    }

    /** What stored values refer to. */
    private record References(Set<UUID> blobs, Set<String> programs) {}

    /** Looks, and removes what has been nobody's for long. */
    void run() {
        Map<UUID, Set<BlobKey>> blobs = new HashMap<>();
        for (BlobKey piece : pieces().keySet()) {
            blobs.computeIfAbsent(piece.blob(), blob -> new HashSet<>()).add(piece);
        }
        // Before the names: what was stored by a pipeline has a report until it has a name.
        blobs.keySet().removeAll(loading());
        StoredListing classes = StoredListing.of(code());
        if (blobs.isEmpty() && unneeded(classes, Set.of()).isEmpty()) {
            // To read all names takes the longest of all.
            forget();
            return;
        }
        References references = references();
        blobs.keySet().removeAll(references.blobs());
        values.ripe(blobs).forEach(this::remove);
        List<String> gone = new ArrayList<>();
        entries.ripe(unneeded(classes, references.programs())).forEach((key, stamp) -> {
            if (remove(key, stamp)) {
                gone.add(key);
            }
        });
        if (!gone.isEmpty()) {
            log.debug("swept away {} entries of programs that have left", gone.size());
        }
    }

    void forget() {
        values.clear();
        entries.clear();
    }

    private References references() {
        Set<Integer> engines = new HashSet<>(
                hazelcast.<Integer, Object>getMap(GridObjects.ENGINES).keySet());
        for (DistributedObject object : hazelcast.getDistributedObjects()) {
            GridObjects.engineOf(object.getName()).ifPresent(engines::add);
        }
        References references = new References(new HashSet<>(), new HashSet<>());
        for (int engine : engines) {
            for (ValueHeading value : ReadHeading.all(hazelcast, engine).values()) {
                references.programs().add(value.program());
                if (value.blob() != null) {
                    references.blobs().add(value.blob());
                }
            }
        }
        return references;
    }

    /** What pipelines store for clients that have not given it a name yet; reports to clients that have left go. */
    private Set<UUID> loading() {
        Set<UUID> blobs = new HashSet<>();
        Set<UUID> connected = connected();
        IMap<String, PipelineReport> reports = hazelcast.getMap(GridObjects.PIPELINE);
        reports.forEach((key, report) -> {
            if (!connected.contains(report.client())) {
                reports.delete(key);
            } else if (report.blob() != null) {
                blobs.add(report.blob());
            }
        });
        return blobs;
    }

    /** Entries that neither a stored value nor a connected client needs, with their stamps. */
    private Map<String, Long> unneeded(StoredListing classes, Set<String> stored) {
        Set<UUID> connected = connected();
        Set<String> programs = new HashSet<>(stored);
        for (StoredKey key : classes.keys().values()) {
            if (key.kind() == Kind.OWNER && connected.contains(UUID.fromString(key.second()))) {
                programs.add(key.first());
            }
        }
        Set<String> hashes = new HashSet<>();
        classes.keys().forEach((key, parsed) -> {
            if (parsed.kind() == Kind.NAME && programs.contains(parsed.first())) {
                hashes.add(classes.hash(key));
            }
        });
        Map<String, Long> unneeded = new HashMap<>();
        classes.keys().forEach((key, parsed) -> {
            Set<String> needed = parsed.kind() == Kind.CLASS ? hashes : programs;
            if (!needed.contains(parsed.first())) {
                unneeded.put(key, classes.stamp(key));
            }
        });
        return unneeded;
    }

    /** Clients, and members, which may be clients of their own grid. */
    private Set<UUID> connected() {
        Set<UUID> connected = new HashSet<>();
        for (Client client : hazelcast.getClientService().getConnectedClients()) {
            connected.add(client.getUuid());
        }
        for (Member member : hazelcast.getCluster().getMembers()) {
            connected.add(member.getUuid());
        }
        return connected;
    }

    /** The count of references first: without it no engine takes the value for one that it may refer to. */
    private void remove(UUID blob, Set<BlobKey> parts) {
        pieces().delete(new BlobKey(blob, BlobKey.REFERENCES));
        parts.forEach(piece -> pieces().delete(piece));
        log.info("swept away {} pieces of a large value that no name refers to", parts.size());
    }

    private boolean remove(String key, long stamp) {
        byte[] beginning =
                ByteBuffer.allocate(StoredClasses.STAMP).putLong(stamp).array();
        return code().executeOnKey(key, new RemoveUnchanged(beginning));
    }
}
