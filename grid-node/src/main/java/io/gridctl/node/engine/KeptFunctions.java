package io.gridctl.node.engine;

import io.gridctl.GridMemory.ProgramFunctions;
import io.gridctl.node.task.FunctionPack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The large functions that clients have brought, so that frames after the first only name them: their bytes, as each
 * frame reads values of its own from them. Those that were used last stay, as many as there is room for, until their
 * program is let go; what is not here any more is asked for again.
 *
 * <p>Safe for several threads.
 */
final class KeptFunctions {
    /** How long the bytes may be behind a frame that was sent after them. */
    private static final long FOLLOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int PART_OF_HEAP = 16;

    private final long most;
    private final Map<Key, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    private record Key(String program, UUID id) {}

    KeptFunctions() {
        this(Math.max(2L * FunctionPack.SHARED_TO, Runtime.getRuntime().maxMemory() / PART_OF_HEAP));
    }

    KeptFunctions(long most) {
        this.most = most;
    }

    /** The function with its bytes, which are kept from now on; null if they are not here. */
    synchronized @Nullable FunctionPack find(String program, FunctionPack function) {
        UUID id = function.id();
        if (id == null) {
            return function;
        }
        Key key = new Key(program, id);
        if (function.isWhole()) {
            keep(key, function.bytes());
            return function;
        }
        byte[] here = kept.get(key);
        return here == null ? null : function.with(here);
    }

    /** The same, but waits a while for bytes that are on their way. */
    synchronized @Nullable FunctionPack await(String program, FunctionPack function) throws InterruptedException {
        long end = System.nanoTime() + (function.follows() ? FOLLOW_NANOS : 0);
        FunctionPack found = find(program, function);
        for (long left = end - System.nanoTime(); found == null && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            found = find(program, function);
        }
        return found;
    }

    private void keep(Key key, byte[] function) {
        if (kept.get(key) != null) {
            return;
        }
        bytes += function.length;
        kept.put(key, function);
        for (var oldest = kept.entrySet().iterator(); bytes > most && kept.size() > 1; ) {
            bytes -= oldest.next().getValue().length;
            oldest.remove();
        }
        notifyAll();
    }

    /** The program is let go. */
    synchronized void forget(String program) {
        kept.entrySet().removeIf(entry -> {
            boolean its = entry.getKey().program().equals(program);
            bytes -= its ? entry.getValue().length : 0;
            return its;
        });
    }

    /** How much there is of each of these programs, whose clients are given. */
    synchronized List<ProgramFunctions> held(Map<String, UUID> clients) {
        Map<String, ProgramFunctions> held = new TreeMap<>();
        kept.forEach((key, function) -> {
            UUID client = clients.get(key.program());
            if (client != null) {
                held.merge(
                        key.program(),
                        new ProgramFunctions(key.program(), client, 1, function.length),
                        (a, b) -> new ProgramFunctions(
                                key.program(), client, a.functions() + b.functions(), a.bytes() + b.bytes()));
            }
        });
        return List.copyOf(held.values());
    }
}
