package io.gridctl.node.task;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import com.hazelcast.map.IMap;
import io.gridctl.node.share.HostMemory;
import io.gridctl.node.share.SharedValue;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Large values that lie in their host's memory and nowhere else yet. No process takes that memory along when it ends,
 * so a value is as safe there as in the heaps of two members of the same host; and whoever wrote it need not wait until
 * it has been copied twice. A moment later members store its pieces in the grid's map, unless it has been replaced.
 *
 * <p>Any of a host's members may store a value, and more than one of them at once: pieces never change. Who finds
 * afterwards that the value is nobody's removes them again. Safe for several threads.
 */
public final class PendingValues {
    private static final Logger log = LoggerFactory.getLogger(PendingValues.class);

    /** A value that is left alone for so long is stored. One that is replaced again and again never is. */
    static final Duration REST = Duration.ofSeconds(2);

    /** The oldest member stores; another one when those before it have had so long each, as one of them may hang. */
    private static final Duration TURN = Duration.ofSeconds(2);

    private static final int MOST_TURNS = 5;

    /** Who is written a value for has counted a reference before; who has fallen out of the grid sees none. */
    private static final Duration NOBODYS = Duration.ofSeconds(30);

    /** For a member to store a value because somebody cannot read it where it lies; then the next one is asked. */
    private static final long STORED_WITHIN_SECONDS = 20;

    private final HazelcastInstance hazelcast;
    private final HostMemory memory;
    private final PieceMover mover = new PieceMover();

    /** What could not be stored, so that it is said once. */
    private final Set<HostMemory.Pending> failed = ConcurrentHashMap.newKeySet();

    /**
     * What is pending in a host's memory.
     *
     * @param hazelcast a member or client of the grid on that host
     * @param memory the host's
     */
    public PendingValues(HazelcastInstance hazelcast, HostMemory memory) {
        this.hazelcast = hazelcast;
        this.memory = memory;
    }

    /**
     * The same for a member.
     *
     * @param member the member
     * @return what is pending on its host
     */
    public static PendingValues of(HazelcastInstance member) {
        return new PendingValues(member, MemberMemory.of(member));
    }

    HostMemory memory() {
        return memory;
    }

    /** Looked up each time: a map that is kept keeps its member in memory when that has long left. */
    private IMap<BlobKey, byte[]> pieces() {
        return hazelcast.getMap(GridObjects.BLOB);
    }

    /** Stores what has been left alone for long enough, as one of the members; blocks until it is stored. */
    public void storeDue() {
        List<HostMemory.Pending> due = due(REST);
        failed.retainAll(due);
        for (HostMemory.Pending value : due) {
            try {
                store(value.value(), value.length());
            } catch (RuntimeException trouble) {
                // A member that is lost meanwhile, for one: the next turn will do.
                if (hazelcast.getLifecycleService().isRunning() && failed.add(value)) {
                    log.warn("large value {} stays in this host's memory: it could not be stored", value, trouble);
                }
            }
        }
    }

    /** What has been left alone for so long, and for the turns of the members before this one. */
    List<HostMemory.Pending> due(Duration rest) {
        return memory.pending(rest.plus(TURN.multipliedBy(turn())));
    }

    private int turn() {
        int turn = 0;
        for (Member member : hazelcast.getCluster().getMembers()) {
            if (member.localMember() || turn == MOST_TURNS) {
                break;
            }
            turn++;
        }
        return turn;
    }

    /**
     * Stores a value, if it is pending here; blocks until it is stored.
     *
     * @return whether it was pending
     */
    boolean store(UUID blob, long length) {
        SharedValue found = memory.findPending(blob, length, LargeValues.PIECE).orElse(null);
        if (found == null) {
            return false;
        }
        try (SharedValue shared = found) {
            if (isSomebodys(blob)) {
                PendingStore store = new PendingStore(pieces(), blob, length, shared);
                mover.<Integer>move(LargeValues.groups(length), store::begin, store::end);
            }
        }
        // Looked at once more where it has ceased to be pending: who gives up the last reference then drops the value.
        if (isSomebodys(blob) && (memory.stored(blob, length) || isSomebodys(blob))) {
            return true;
        }
        if (memory.pending(NOBODYS).contains(new HostMemory.Pending(blob, length))) {
            memory.drop(blob, length);
        }
        LargeValues.removePieces(pieces(), blob, length);
        return false;
    }

    private boolean isSomebodys(UUID blob) {
        return pieces().containsKey(new BlobKey(blob, BlobKey.REFERENCES));
    }

    /** Drops a value that nobody refers to any more. Whether that is all: its pieces are stored nowhere else. */
    boolean drop(UUID blob, long length) {
        return memory.drop(blob, length);
    }

    /**
     * Has a value stored that is pending where this process cannot read it: on another host, or in a container with a
     * memory of its own. Asks one member after the other, the oldest first, and blocks until one has stored it.
     */
    void bring(UUID blob, long length) {
        IExecutorService control = hazelcast.getExecutorService(GridObjects.CONTROL);
        boolean interrupted = false;
        for (Member member : hazelcast.getCluster().getMembers()) {
            Future<Boolean> asked = control.submitToMember(new StorePendingCall(blob, length), member);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STORED_WITHIN_SECONDS);
            boolean open = true;
            while (open) {
                try {
                    if (asked.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                        restore(interrupted);
                        return;
                    }
                    open = false;
                } catch (ExecutionException | TimeoutException e) {
                    log.debug("large value {} may be pending where {} is, which does not store it", blob, member, e);
                    open = false;
                } catch (InterruptedException e) {
                    // What is read here is there: that is not to be taken for its loss.
                    interrupted = true;
                }
            }
        }
        restore(interrupted);
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The storing of one value from where it is pending. For one thread. */
    private static final class PendingStore {
        private final IMap<BlobKey, byte[]> pieces;
        private final UUID blob;
        private final long length;
        private final SharedValue shared;
        private int ended;

        PendingStore(IMap<BlobKey, byte[]> pieces, UUID blob, long length, SharedValue shared) {
            this.pieces = pieces;
            this.blob = blob;
            this.length = length;
            this.shared = shared;
        }

        /** Tells those who hold pieces that lie together to store them; gives how many they found. */
        CompletionStage<Integer> begin(int group) {
            return PieceData.inAnyForm(pieces)
                    .submitToKey(new BlobKey(blob, group * BlobKey.TOGETHER), new StorePieces(length));
        }

        /** What a member on another host did not find is sent. */
        void end(int stored) {
            int first = ended++ * BlobKey.TOGETHER;
            for (int piece = first + stored; piece < first + LargeValues.together(length, first); piece++) {
                int sent = piece;
                PieceData.set(pieces, new BlobKey(blob, piece), LargeValues.size(length, piece), into -> {
                            if (!shared.read(sent, into)) {
                                throw new IllegalStateException("piece " + sent + " of large value " + blob
                                        + " cannot be read in this host's memory");
                            }
                        })
                        .toCompletableFuture()
                        .join();
            }
        }
    }
}
