package io.gridctl.node.engine;

import com.hazelcast.map.IMap;
import io.gridctl.GridException;
import io.gridctl.NamedValue;
import io.gridctl.node.payload.ArraySource;
import io.gridctl.node.payload.ValueSink;
import io.gridctl.node.task.LargeValues;
import io.gridctl.node.task.NamespaceWrite;
import io.gridctl.node.task.StoredValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The live side of an engine's namespace. The distributed map is the truth, and this engine its only writer, so what is
 * remembered here is never stale: for each name what the map holds (large bytes left out), and the decoded value for
 * the program that read it last. A value belongs to no class loader: each program decodes its own.
 *
 * <p>Safe for several threads. Writes wait for the map.
 */
final class LiveNamespace implements AutoCloseable {
    private final int engineId;
    private final int incarnation;
    private final IMap<String, StoredValue> map;
    private final LargeValues largeValues;
    private final ValueReader valueReader;
    private final Map<String, Entry> entries = new TreeMap<>();

    /** Bytes of a value up to this size are kept beside the map. */
    private static final int KEPT_BYTES = 64 << 10;

    private static final class Entry {
        final StoredValue stored;
        final byte @Nullable [] bytes;
        private Programs.@Nullable Program reader;
        private @Nullable Object live;

        Entry(StoredValue stored) {
            this.stored = stored;
            bytes = stored.blob() == null && stored.length() <= KEPT_BYTES ? stored.bytes() : null;
        }
    }

    LiveNamespace(
            int engineId,
            int incarnation,
            IMap<String, StoredValue> map,
            LargeValues largeValues,
            ValueReader valueReader) {
        this.engineId = engineId;
        this.incarnation = incarnation;
        this.map = map;
        this.largeValues = largeValues;
        this.valueReader = valueReader;
        map.forEach((name, stored) -> entries.put(name, new Entry(stored)));
    }

    int engineId() {
        return engineId;
    }

    LargeValues largeValues() {
        return largeValues;
    }

    synchronized List<String> names() {
        return new ArrayList<>(entries.keySet());
    }

    synchronized List<NamedValue> listing() {
        List<NamedValue> listing = new ArrayList<>();
        entries.forEach((name, entry) -> listing.add(
                new NamedValue(name, entry.stored.typeName(), entry.stored.length(), entry.stored.version())));
        return listing;
    }

    /** What is stored under a name, the large bytes left out; another object each time the name is written. */
    synchronized @Nullable StoredValue stored(String name) {
        Entry entry = entries.get(name);
        return entry == null ? null : entry.stored;
    }

    /** Writes those names under which there is still what was stored when the writer looked, and tells which. */
    synchronized Set<String> writeUnlessChanged(Map<String, Change> changes, Map<String, StoredValue> looked) {
        Map<String, Change> unchanged = new HashMap<>(changes);
        unchanged.keySet().removeIf(name -> stored(name) != looked.get(name));
        write(unchanged);
        return unchanged.keySet();
    }

    synchronized boolean contains(String name) {
        return entries.containsKey(name);
    }

    /** What was read, or that there is nothing. */
    record Read(boolean present, @Nullable Object value) {
        static final Read NOTHING = new Read(false, null);
    }

    /** Reads a value into a program; the same object each time until the name is written. */
    synchronized Read read(String name, Programs.Program reader) {
        Entry entry = entries.get(name);
        if (entry == null) {
            return Read.NOTHING;
        }
        if (entry.reader != reader) {
            entry.live = decoded(name, entry, reader);
            entry.reader = reader;
        }
        return new Read(true, entry.live);
    }

    private @Nullable Object decoded(String name, Entry entry, Programs.Program reader) {
        UUID blob = entry.stored.blob();
        if (blob == null) {
            return reader.decodeStored(name, bytes(name, entry), entry.stored.program());
        }
        ValueSink sink = new ValueSink(entry.stored.length());
        valueReader.read(blob, entry.stored, sink);
        ValueSink.Taken taken = sink.taken();
        return taken.isElements() ? taken.value() : reader.decodeStored(name, taken.bytes(), entry.stored.program());
    }

    private byte[] bytes(String name, Entry entry) {
        if (entry.bytes != null) {
            return entry.bytes;
        }
        StoredValue stored = map.get(name);
        if (stored == null) {
            throw new GridException("engine " + engineId + " has lost the value of '" + name + "'; push it again");
        }
        return stored.bytes();
    }

    /** A value to store and its live copy, or the removal of a name. */
    record Change(@Nullable StoredValue value, @Nullable Object live, Programs.@Nullable Program reader) {
        static final Change REMOVAL = new Change(null, null, null);

        static Change of(StoredValue value) {
            return new Change(value, null, null);
        }
    }

    /**
     * A record of a value that a task put; a large one is brought to the grid. It is the part of scattered data that is
     * under a name now, if that is one: what an engine makes of its part stays its part.
     */
    StoredValue toStore(String like, Programs.Encoded encoded, @Nullable Object value) {
        StoredValue present = stored(like);
        return toStore(encoded, value).laidOut(present == null ? null : present.layout());
    }

    /** The same for a primitive array, which needs no program and is not copied as a whole if it is large. */
    StoredValue toStore(String like, ArraySource elements, Object array) {
        if (elements.length() < LargeValues.LARGE) {
            ByteBuffer bytes = ByteBuffer.allocate((int) elements.length());
            elements.fill(0, bytes);
            return toStore(like, new Programs.Encoded(bytes.array(), ""), array);
        }
        StoredValue present = stored(like);
        return StoredValue.of(array.getClass().getName(), "", largeValues.write(elements, 1), elements.length())
                .laidOut(present == null ? null : present.layout());
    }

    private StoredValue toStore(Programs.Encoded encoded, @Nullable Object value) {
        String typeName = value == null ? "null" : value.getClass().getName();
        byte[] bytes = encoded.bytes();
        return bytes.length < LargeValues.LARGE
                ? StoredValue.of(typeName, encoded.program(), bytes)
                : StoredValue.of(
                        typeName, encoded.program(), largeValues.write(LargeValues.Source.of(bytes), 1), bytes.length);
    }

    /** Writes several names; returns when the map has them. */
    synchronized void write(Map<String, Change> changes) {
        changes.forEach((name, change) -> {
            UUID blob = change.value() == null ? null : change.value().blob();
            if (blob != null && !largeValues.exists(blob)) {
                throw new GridException("the value of '" + name + "' for engine " + engineId
                        + " is not there any more: it was replaced meanwhile, or its sending took too long; push it"
                        + " again");
            }
        });
        Map<String, CompletionStage<Boolean>> writes = new HashMap<>();
        Map<String, Entry> written = new HashMap<>();
        changes.forEach((name, change) -> {
            Entry present = entries.get(name);
            StoredValue value = change.value() == null
                    ? null
                    : change.value().written(incarnation, present == null ? 1 : present.stored.version() + 1);
            if (value != null) {
                Entry entry = new Entry(value);
                entry.reader = change.reader();
                entry.live = change.live();
                written.put(name, entry);
            }
            writes.put(name, map.submitToKey(name, new NamespaceWrite(value, incarnation)));
        });
        writes.forEach((name, write) -> {
            if (!write.toCompletableFuture().join()) {
                throw new GridException("engine " + engineId + " incarnation " + incarnation
                        + " has been replaced; it may not write '" + name + "' any more");
            }
            Entry before = written.containsKey(name) ? entries.put(name, written.get(name)) : entries.remove(name);
            // A push that is repeated because its answer got lost refers to the same large value.
            if (before != null && before.stored.blob() != null && !sameBlob(before, written.get(name))) {
                largeValues.release(before.stored.blob(), before.stored.length(), 1);
            }
        });
    }

    private static boolean sameBlob(Entry before, @Nullable Entry after) {
        return after != null && Objects.equals(before.stored.blob(), after.stored.blob());
    }

    /** Removes names; all, if there are none given. */
    synchronized void remove(Collection<String> names) {
        Map<String, Change> removals = new HashMap<>();
        for (String name : names.isEmpty() ? names() : names) {
            if (entries.containsKey(name)) {
                removals.put(name, Change.REMOVAL);
            }
        }
        write(removals);
    }

    /** Lets go of decoded values of a program that has left. */
    synchronized void forget(Programs.Program reader) {
        for (Entry entry : entries.values()) {
            if (entry.reader == reader) {
                entry.reader = null;
                entry.live = null;
            }
        }
    }

    /** What lies in the grid stays there. */
    @Override
    public void close() {
        valueReader.close();
    }
}
