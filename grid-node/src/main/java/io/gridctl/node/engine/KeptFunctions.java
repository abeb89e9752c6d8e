package io.gridctl.node.engine;

import io.gridctl.GridMemory.ProgramFunctions;
import io.gridctl.node.task.FunctionPack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The large functions that clients have brought, so that frames after the first only name them: their bytes, as each
 * frame reads values of its own from them. Those that were used last stay, as many as there is room for and one in any
 * case, until their program is let go; of those that weigh much, only what was used of late. What is not here any more is
 * asked for again.
 *
 * <p>Safe for several threads.
 */
final class KeptFunctions {
    /** How long the bytes may be behind a frame that was sent after them. */
    private static final long FOLLOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** There is room for so much, or for this part of the heap if that is more, and in a small heap for less. */
    private static final long ROOM = 64L << 20;

    private static final int PART_OF_HEAP = 16;
    private static final int PART_OF_SMALL_HEAP = 8;

    /** From here on it is not kept for somebody who may come back to it. */
    static final int WEIGHTY = 4 << 20;

    private static final long UNUSED_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private final long most;
    private final LongSupplier clock;
    private final Timer timer;
    private final Map<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
    private boolean looksLater;

    private record Key(String program, UUID id) {}

    private static final class Kept {
        final byte[] function;
        long usedNanos;

        Kept(byte[] function) {
            this.function = function;
        }

        int length() {
            return function.length;
        }
    }

    KeptFunctions(Timer timer) {
        this(room(Runtime.getRuntime().maxMemory()), System::nanoTime, timer);
    }

    KeptFunctions(long most, LongSupplier clock, Timer timer) {
        this.most = most;
        this.clock = clock;
        this.timer = timer;
    }

    /** @param heap the JVM's, in bytes; so is the room */
    static long room(long heap) {
        return Math.max(Math.min(ROOM, heap / PART_OF_SMALL_HEAP), heap / PART_OF_HEAP);
    }

    /** The function with its bytes, which are kept from now on; null if they are not here. */
    synchronized @Nullable FunctionPack find(String program, FunctionPack function) {
        UUID id = function.id();
        if (id == null) {
            return function;
        }
        Key key = new Key(program, id);
        Kept here = kept.get(key);
        if (here == null && function.isWhole()) {
            here = keep(key, function.bytes());
        }
        if (here == null) {
            return null;
        }
        here.usedNanos = clock.getAsLong();
        return function.with(here.function);
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

    private Kept keep(Key key, byte[] function) {
        Kept brought = new Kept(function);
        bytes += function.length;
        kept.put(key, brought);
        for (var oldest = kept.values().iterator(); bytes > most && kept.size() > 1; ) {
            bytes -= oldest.next().length();
            oldest.remove();
        }
        if (function.length >= WEIGHTY) {
            lookLater();
        }
        notifyAll();
        return brought;
    }

    private void lookLater() {
        if (!looksLater) {
            looksLater = true;
            timer.later(this::forgetUnused, UNUSED_MILLIS);
        }
    }

    private synchronized void forgetUnused() {
        looksLater = false;
        long now = clock.getAsLong();
        kept.values().removeIf(each -> {
            boolean unused =
                    each.length() >= WEIGHTY && now - each.usedNanos >= TimeUnit.MILLISECONDS.toNanos(UNUSED_MILLIS);
            bytes -= unused ? each.length() : 0;
            return unused;
        });
        if (kept.values().stream().anyMatch(each -> each.length() >= WEIGHTY)) {
            lookLater();
        }
    }

    /** The program is let go. */
    synchronized void forget(String program) {
        kept.entrySet().removeIf(entry -> {
            boolean its = entry.getKey().program().equals(program);
            bytes -= its ? entry.getValue().length() : 0;
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
                        new ProgramFunctions(key.program(), client, 1, function.length()),
                        (a, b) -> new ProgramFunctions(
                                key.program(), client, a.functions() + b.functions(), a.bytes() + b.bytes()));
            }
        });
        return List.copyOf(held.values());
    }
}
