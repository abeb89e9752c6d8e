package io.gridctl.node.sweep;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import io.gridctl.node.share.HostMemory;
import io.gridctl.node.task.MemberMemory;
import io.gridctl.node.task.PendingValues;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the grid's oldest member sweep its maps every now and then; all others stand by. Each sweeps its host's memory, and
 * stores in the grid's maps what is still pending there.
 * What is nobody's is gone within a minute, as long as the oldest member stays; the next one begins to count anew.
 */
public final class Sweeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

    /** For how long a thing must have been nobody's, since it was first seen to be. */
    static final Duration AGE = Duration.ofSeconds(30);

    /** A thing is gone two of these after its age at the latest. */
    static final Duration PERIOD = Duration.ofSeconds(10);

    /** What is shared on a host is for those that read at the same time, or soon. */
    private static final Duration SHARED_AGE = Duration.ofSeconds(20);

    /** How often it is looked for what is pending. */
    private static final Duration STORE_PERIOD = Duration.ofSeconds(1);

    /** Not while the others of its grid start: to find the host's memory wakes the JVM's management. */
    private static final Duration FIRST_STORE = Duration.ofSeconds(5);

    /** For what is being stored or swept when the member leaves. */
    private static final Duration LAST_TURN = Duration.ofSeconds(2);

    /** What is pending does not wait for the sweep. */
    private static final int THREADS = 2;

    private final HazelcastInstance hazelcast;
    private final HostMemory memory;
    private final PendingValues pending;
    private final Sweep sweep;
    private final ScheduledExecutorService timer;

    /** Of the turns at storing, which follow one another. */
    private boolean copiesCompleted;

    private Sweeper(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
        memory = MemberMemory.of(hazelcast);
        pending = PendingValues.of(hazelcast);
        sweep = new Sweep(hazelcast, AGE, System::nanoTime);
        timer = Executors.newScheduledThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "grid-sweep");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Begins to sweep, or to stand by.
     *
     * @param hazelcast a member of the grid
     * @return what to close before the member leaves
     */
    public static Sweeper start(HazelcastInstance hazelcast) {
        Sweeper sweeper = new Sweeper(hazelcast);
        sweeper.every(PERIOD, PERIOD, sweeper::sweep);
        sweeper.every(FIRST_STORE, STORE_PERIOD, sweeper::store);
        return sweeper;
    }

    private void store() {
        if (!copiesCompleted) {
            copiesCompleted = true;
            completeCopies();
        }
        pending.storeDue();
    }

    /**
     * While a grid starts, a copy may come to a member that does not know yet that it holds it, and is not kept. To ask
     * whether all is safe makes what is missing; Hazelcast itself does so half a minute later.
     */
    private void completeCopies() {
        if (!hazelcast.getPartitionService().isLocalMemberSafe()) {
            log.info("copies of what this member holds are being completed");
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // It ends when the timer does.
    private void every(Duration first, Duration period, Runnable turn) {
        timer.scheduleWithFixedDelay(
                () -> take(period, turn), first.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void take(Duration period, Runnable turn) {
        try {
            turn.run();
        } catch (HazelcastInstanceNotActiveException leaving) {
            log.debug("this member leaves; another one sweeps", leaving);
        } catch (RuntimeException | OutOfMemoryError trouble) {
            // Members that come and go, for one; what was not done now is done next time.
            log.warn("a look at what nobody needs was broken off; the next is in {} s", period.toSeconds(), trouble);
        }
    }

    private void sweep() {
        memory.sweep(SHARED_AGE);
        if (hazelcast.getCluster().getMembers().iterator().next().localMember()) {
            sweep.run();
        } else {
            sweep.forget();
        }
    }

    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(LAST_TURN.toMillis(), TimeUnit.MILLISECONDS)) {
                timer.shutdownNow();
            }
        } catch (InterruptedException e) {
            timer.shutdownNow();
            Thread.currentThread().interrupt();
        }
        memory.close();
    }
}
