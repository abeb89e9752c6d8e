package io.gridctl.node.task;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.IExecutorService;
import com.hazelcast.map.IMap;
import io.gridctl.node.share.HostMemory;
import io.gridctl.node.share.SharedValue;
import java.time.Duration;
import java.util.ArrayList;
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

    /** For a member that stores a value because somebody cannot read it where it lies. */
    private static final long STORED_WITHIN_SECONDS = 60;

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
        List<HostMemory.Pending> due = due();
        failed.retainAll(due);
        for (HostMemory.Pending value : due) {
            try {
                store(value.value(), value.length());
            } catch (HazelcastInstanceNotActiveException leaving) {
                throw leaving;
            } catch (RuntimeException trouble) {
                // A member that is lost meanwhile, for one: the next turn will do.
                if (failed.add(value)) {
                    log.warn("large value {} stays in this host's memory: it could not be stored", value, trouble);
                }
            }
        }
    }

    List<HostMemory.Pending> due() {
        return memory.pending(REST.plus(TURN.multipliedBy(turn())));
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
        if (!isSomebodys(blob)) {
            // Looked at last: whoever gives up the last reference does so before the value is dropped here.
            memory.drop(blob, length);
            removePieces(blob, length);
            return false;
        }
        memory.stored(blob, length);
        return true;
    }

    private boolean isSomebodys(UUID blob) {
        return pieces().containsKey(new BlobKey(blob, BlobKey.REFERENCES));
    }

    /** Drops a value that nobody refers to any more. Whether that is all: its pieces are stored nowhere else. */
    boolean drop(UUID blob, long length) {
        return memory.drop(blob, length);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for the end of what nobody uses; failures are logged.
    void removePieces(UUID blob, long length) {
        for (int group = 0; group < LargeValues.groups(length); group++) {
            LargeValues.remove(pieces(), new BlobKey(blob, group * BlobKey.TOGETHER), length);
        }
    }

    /**
     * Has a value stored that is pending where this process cannot read it: on another host, or in a container with a
     * memory of its own. Blocks until all members have looked for it.
     */
    void bring(UUID blob, long length) {
        IExecutorService control = hazelcast.getExecutorService(GridObjects.CONTROL);
        List<Future<Boolean>> asked = new ArrayList<>();
        for (Member member : hazelcast.getCluster().getMembers()) {
            asked.add(control.submitToMember(new StorePendingCall(blob, length), member));
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STORED_WITHIN_SECONDS);
        for (Future<Boolean> member : asked) {
            try {
                member.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException e) {
                log.debug("large value {} may be pending at a member that does not store it", blob, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
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
