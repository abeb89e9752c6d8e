package io.gridctl.node.engine;

import io.gridctl.Namespace;
import io.gridctl.NoSuchNameException;
import io.gridctl.node.task.Layout;
import io.gridctl.node.task.StoredValue;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The namespace as one task sees it: keeps what it read, buffers what it writes until {@link #writeBack}. */
final class TaskNamespace implements Namespace {
    private static final int MOST_PUBLISHED = 1 << 20;

    private final LiveNamespace shared;
    private final Programs.Program program;
    private final Map<String, LiveNamespace.Read> seen = new HashMap<>(4);
    private final Map<String, LiveNamespace.Read> written = new LinkedHashMap<>(4);
    /** Of the names that were put as parts, where their layout is. */
    private final Map<String, String> parts = new HashMap<>(0);

    private final EngineTask task;
    private volatile boolean used;
    private boolean ended;

    TaskNamespace(LiveNamespace shared, Programs.Program program, EngineTask task) {
        this.task = task;
        this.shared = shared;
        this.program = program;
    }

    /**
     * The task has ended. Threads it started, or a pool that grew meanwhile, may hold this for long: they get neither a
     * view of the past nor hold what the task has read.
     */
    synchronized void close() {
        ended = true;
        seen.clear();
        written.clear();
    }

    /** Whether anything was read or written. */
    boolean isUsed() {
        return used;
    }

    @Override
    public void progressed() {
        task.progressed();
    }

    @Override
    public void publish(Object value) {
        byte[] bytes = program.encode("published value", Objects.requireNonNull(value, "value"));
        if (bytes.length > MOST_PUBLISHED) {
            throw new IllegalArgumentException("value: " + bytes.length + " bytes are more than the " + MOST_PUBLISHED
                    + " that can be published; put it under a name, or return it");
        }
        synchronized (this) {
            ensureNotEnded();
            task.published(bytes);
        }
    }

    private void ensureRunning() {
        used = true;
        ensureNotEnded();
    }

    private void ensureNotEnded() {
        if (ended) {
            throw new IllegalStateException(
                    "the task that this namespace belongs to has ended; use it from threads that end before the task");
        }
    }

    private synchronized LiveNamespace.Read look(String name) {
        ensureRunning();
        LiveNamespace.Read own = written.get(name);
        return own != null ? own : seen.computeIfAbsent(name, missing -> shared.read(missing, program));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends @Nullable Object> T get(String name) {
        LiveNamespace.Read read = look(name);
        if (!read.present()) {
            throw new NoSuchNameException(shared.engineId(), name);
        }
        return (T) read.value();
    }

    /** Whether what is stored under a name is the only element of its part, rather than a list or an array of it. */
    boolean isBare(String name) {
        StoredValue stored = shared.stored(name);
        return stored != null
                && stored.layout() != null
                && stored.layout()
                        .part(shared.engineId())
                        .filter(Layout.Part::bare)
                        .isPresent();
    }

    /** Puts a part of scattered data that lies where another name's part lies. */
    synchronized void putPart(String name, @Nullable Object value, String like) {
        put(name, value);
        parts.put(name, like);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends @Nullable Object> T getOrDefault(String name, T otherwise) {
        LiveNamespace.Read read = look(name);
        return read.present() ? (T) read.value() : otherwise;
    }

    @Override
    public synchronized void put(String name, @Nullable Object value) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a name cannot be blank");
        }
        ensureRunning();
        written.put(name, new LiveNamespace.Read(true, value));
    }

    @Override
    public synchronized <T extends @Nullable Object> T update(String name, UnaryOperator<T> change) {
        T changed = change.apply(this.<T>get(name));
        put(name, changed);
        return changed;
    }

    @Override
    public synchronized boolean remove(String name) {
        boolean present = look(name).present();
        if (present) {
            written.put(name, LiveNamespace.Read.NOTHING);
        }
        return present;
    }

    @Override
    public boolean contains(String name) {
        return look(name).present();
    }

    @Override
    public synchronized Set<String> names() {
        ensureRunning();
        Set<String> names = new TreeSet<>(shared.names());
        written.forEach((name, read) -> {
            if (read.present()) {
                names.add(name);
            } else {
                names.remove(name);
            }
        });
        return names;
    }

    @Override
    public int engineId() {
        return shared.engineId();
    }

    /** Writes everything together; all values are encoded before the first one is stored. */
    synchronized void writeBack() {
        if (written.isEmpty()) {
            return;
        }
        Map<String, Programs.Encoded> encoded = new HashMap<>();
        written.forEach((name, read) -> {
            if (read.present()) {
                encoded.put(name, program.encodeForStore("value of '" + name + "'", read.value()));
            }
        });
        Map<String, LiveNamespace.Change> changes = new LinkedHashMap<>();
        written.forEach((name, read) -> {
            Programs.Encoded value = encoded.get(name);
            changes.put(
                    name,
                    value == null
                            ? LiveNamespace.Change.REMOVAL
                            : new LiveNamespace.Change(
                                    shared.toStore(parts.getOrDefault(name, name), value, read.value()),
                                    read.value(),
                                    program));
        });
        shared.write(changes);
    }
}
