package io.gridctl.node.sweep;

import com.hazelcast.core.HazelcastInstance;
import java.util.concurrent.atomic.AtomicLong;

/** Sweeps as members do, for tests that do not wait for their time. */
public final class Sweeps {
    private Sweeps() {}

    /** As if what is nobody's now had been so for long. */
    public static void sweepForLong(HazelcastInstance member) {
        AtomicLong clock = new AtomicLong();
        Sweep sweep = new Sweep(member, Sweeper.AGE, clock::get);
        sweep.run();
        clock.addAndGet(Sweeper.AGE.toNanos());
        sweep.run();
    }
}
