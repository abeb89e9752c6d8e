package io.gridctl.node.sweep;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Things that nobody seems to need, and for how long: what is being written has no name yet, so nothing is removed that
 * was not nobody's, and the same, for a while.
 *
 * @param <K> how a thing is known
 * @param <S> its state; a thing whose state changes is in somebody's hands
 */
final class Orphans<K, S> {
    private final Map<K, Seen<S>> seen = new HashMap<>();
    private final long ageNanos;
    private final LongSupplier clock;

    private record Seen<S>(S state, long since) {}

    Orphans(Duration age, LongSupplier clock) {
        this.ageNanos = age.toNanos();
        this.clock = clock;
    }

    /** Notes what is nobody's now, and gives what has been nobody's for long enough. */
    Map<K, S> ripe(Map<K, S> nobodys) {
        long now = clock.getAsLong();
        seen.keySet().retainAll(nobodys.keySet());
        Map<K, S> ripe = new HashMap<>();
        nobodys.forEach((key, state) -> {
            Seen<S> before = seen.get(key);
            if (before == null || !before.state().equals(state)) {
                seen.put(key, new Seen<>(state, now));
            } else if (now - before.since() >= ageNanos) {
                ripe.put(key, state);
            }
        });
        return ripe;
    }

    /** Begins anew, because somebody else has looked meanwhile. */
    void clear() {
        seen.clear();
    }
}
