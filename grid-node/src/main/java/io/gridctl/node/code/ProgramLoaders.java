package io.gridctl.node.code;

import io.gridctl.node.payload.PayloadCodec;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An engine's programs: one class loader each, so that a value left by one task is of the same class for the next.
 *
 * <p>Safe for use by several threads.
 */
public final class ProgramLoaders {
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final @Nullable ClassLoader shared;
    private final CodeSource source;
    private final @Nullable ClassLoader own;
    private final PayloadCodec ownCodec = new PayloadCodec();

    private static final class Entry {
        private final ProgramLoader loader;
        private final NavigableSet<Integer> ahead = new TreeSet<>();
        private int count;

        Entry(ProgramLoader loader) {
            this.loader = loader;
        }

        synchronized void add(int firstIndex, List<ClassFile> pack) {
            loader.add(pack);
            for (int index = firstIndex; index < firstIndex + pack.size(); index++) {
                if (index >= count) {
                    ahead.add(index);
                }
            }
            while (ahead.remove(count)) {
                count++;
            }
        }

        synchronized int count() {
            return count;
        }
    }

    private ProgramLoaders(@Nullable ClassLoader shared, CodeSource source, @Nullable ClassLoader own) {
        this.shared = shared;
        this.source = source;
        this.own = own;
    }

    /**
     * For an engine in a process of its own, which gets its classes over the network.
     *
     * @param source is asked for classes and resources that were not sent
     * @param shared the engine's extra class path, asked last; null if it has none. Its parent should be the platform
     *     class loader.
     * @return loaders without a program
     */
    public static ProgramLoaders shipping(CodeSource source, @Nullable ClassLoader shared) {
        return new ProgramLoaders(shared, Objects.requireNonNull(source, "source"), null);
    }

    /**
     * For an engine inside the program's own process, which has the program's classes already.
     *
     * @param loader finds the program's classes
     * @return loaders that answer with {@code loader} for every program
     */
    public static ProgramLoaders inProcess(ClassLoader loader) {
        return new ProgramLoaders(null, CodeSource.NONE, Objects.requireNonNull(loader, "loader"));
    }

    /**
     * Whether the engine is inside the program's own process.
     *
     * @return true if every program has the loader of that process
     */
    public boolean isInProcess() {
        return own != null;
    }

    /**
     * Takes classes of a program. Packs may arrive twice and in any order; the first version of a class stays.
     *
     * @param programId the program's id
     * @param firstIndex where the pack begins in the program's list
     * @param pack the class files from there
     */
    public void add(String programId, int firstIndex, List<ClassFile> pack) {
        if (own == null) {
            entry(programId).add(firstIndex, pack);
        }
    }

    /**
     * How many of a program's classes this engine has, counted from the first without a gap.
     *
     * @param programId the program's id
     * @return the number, {@link Integer#MAX_VALUE} for an engine inside the program's process
     */
    public int count(String programId) {
        if (own != null) {
            return Integer.MAX_VALUE;
        }
        Entry entry = entries.get(programId);
        return entry == null ? 0 : entry.count();
    }

    /**
     * The loader of a program, made at the first call.
     *
     * @param programId the program's id
     * @return the same loader until the program is released
     */
    public ClassLoader loader(String programId) {
        return own != null && !entries.containsKey(programId) ? own : entry(programId).loader;
    }

    /**
     * The codec of a program; it goes when the program's loader goes.
     *
     * @param programId the program's id
     * @return the codec to use with {@link #loader}
     */
    public PayloadCodec codec(String programId) {
        return own != null && !entries.containsKey(programId)
                ? ownCodec
                : entry(programId).loader.codec();
    }

    /**
     * Begins the program of the texts that are given to this engine. Its classes come from the engine's own compiler; to
     * it, the classes of all other programs are as if they were its own.
     *
     * @param programId an id that no program has
     * @return its loader
     */
    public ProgramLoader openText(String programId) {
        ProgramLoader loader =
                new ProgramLoader(programId, own != null ? own : shared, new BroughtClasses(this, programId));
        entries.put(programId, new Entry(loader));
        return loader;
    }

    /** The other programs' ids and loaders. */
    Map<String, ProgramLoader> others(String programId) {
        Map<String, ProgramLoader> others = new TreeMap<>();
        entries.forEach((id, entry) -> {
            if (!id.equals(programId)) {
                others.put(id, entry.loader);
            }
        });
        return others;
    }

    CodeSource source() {
        return source;
    }

    /**
     * Where a compiler finds what no program brings.
     *
     * @return a class path; null for that of this process
     */
    public @Nullable String classPath() {
        return own != null ? null : EngineClasses.classPath(shared);
    }

    /**
     * Reads a value with the program's classes.
     *
     * @param programId the program's id
     * @param payload the value as {@link PayloadCodec#encode} wrote it
     * @return the value
     * @throws io.gridctl.node.payload.PayloadException if a class is missing or differs
     */
    public @Nullable Object decode(String programId, byte[] payload) {
        return codec(programId).decode(payload, loader(programId));
    }

    /**
     * Forgets a program. Its classes are collected once nothing refers to them; a later call begins it anew.
     *
     * @param programId the program's id
     */
    public void release(String programId) {
        entries.remove(programId);
    }

    private Entry entry(String programId) {
        return entries.computeIfAbsent(programId, id -> new Entry(new ProgramLoader(id, shared, source)));
    }
}
