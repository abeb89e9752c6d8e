package io.gridctl.node.engine;

import io.gridctl.Namespace;
import io.gridctl.NoSuchNameException;
import io.gridctl.node.task.LargeValues;
import io.gridctl.node.task.StoredValue;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The namespace as one task sees it: keeps what it read, buffers what it writes until {@link #publish}. */
final class TaskNamespace implements Namespace {
    private final LiveNamespace shared;
    private final Programs.Program program;
    private final Map<String, LiveNamespace.Read> seen = new HashMap<>();
    private final Map<String, LiveNamespace.Read> written = new LinkedHashMap<>();

    TaskNamespace(LiveNamespace shared, Programs.Program program) {
        this.shared = shared;
        this.program = program;
    }

    private synchronized LiveNamespace.Read look(String name) {
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
    synchronized void publish() {
        if (written.isEmpty()) {
            return;
        }
        Map<String, LiveNamespace.Change> changes = new LinkedHashMap<>();
        written.forEach((name, read) -> changes.put(
                name,
                read.present()
                        ? new LiveNamespace.Change(encode(name, read.value()), read.value(), program)
                        : LiveNamespace.Change.REMOVAL));
        shared.write(changes);
    }

    private StoredValue encode(String name, @Nullable Object value) {
        Programs.Encoded encoded = program.encodeForStore("value of '" + name + "'", value);
        String typeName = value == null ? "null" : value.getClass().getName();
        byte[] bytes = encoded.bytes();
        return bytes.length < LargeValues.LARGE
                ? StoredValue.of(typeName, encoded.program(), bytes)
                : StoredValue.of(
                        typeName, encoded.program(), shared.largeValues().write(bytes, 1), bytes.length);
    }
}
