package io.gridctl.node.task;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.ExecutionCallback;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import io.gridctl.node.share.HostMemory;
import io.gridctl.node.share.SharedValue;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memory that this process shares with all members of the grid, if they are all on its host. Whether they are is
 * not concluded from addresses: each is asked to write something there, which is then looked for.
 *
 * <p>What is written stays for those who will read it until there is no room for more. Safe for several threads.
 */
public final class CommonMemory implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CommonMemory.class);

    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** So many values that are remembered as written; no more of them fit into what a host shares. */
    private static final int MOST_WRITTEN = 512;

    /** When what was no clear answer is asked for again, and when a clear no is. */
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long NO_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final HazelcastInstance hazelcast;
    private final HostMemory memory;
    private final Queue<UUID> written = new ArrayDeque<>();
    private Asked asked = new Asked(Set.of(), CompletableFuture.completedFuture(false), System.nanoTime());
    private boolean closed;

    /** Who was asked when, and whether all of them share. */
    private record Asked(Set<UUID> members, CompletableFuture<Boolean> all, long when) {
        boolean holds(Set<UUID> present) {
            return members.equals(present) && (isYes() || ageNanos() < (isAnswered() ? NO_NANOS : AGAIN_NANOS));
        }

        private boolean isAnswered() {
            return all.isDone() && !all.isCompletedExceptionally();
        }

        private boolean isYes() {
            return isAnswered() && all.join();
        }

        /** Who comes later does not wait as long again for who does not answer. */
        long patienceNanos() {
            return Math.max(0, PATIENCE_NANOS - ageNanos());
        }

        private long ageNanos() {
            return System.nanoTime() - when;
        }
    }

    /**
     * Memory that may be shared.
     *
     * @param hazelcast a client or a member of the grid
     * @param memory this host's
     */
    public CommonMemory(HazelcastInstance hazelcast, HostMemory memory) {
        this.hazelcast = hazelcast;
        this.memory = memory;
    }

    /** A value that is being written, and the members that there were when that began. */
    record Begun(SharedValue value, Set<UUID> members) {}

    /** Begins to share a value, unless a member is elsewhere or there is no room. */
    Optional<Begun> begin(UUID blob, long length) {
        Set<UUID> members = members().keySet();
        return isShared() && members.equals(members().keySet())
                ? room(blob, length).map(value -> new Begun(value, members))
                : Optional.empty();
    }

    /** Whether those that had a value's memory before them while it was stored are the members there are. */
    boolean holds(Begun begun) {
        return begun.members().equals(members().keySet());
    }

    /** A value that somebody shares here. */
    Optional<SharedValue> find(UUID blob, long length) {
        return memory.find(blob, length, LargeValues.PIECE);
    }

    /** What was written earlier gives way, unless that would be in vain. */
    private Optional<SharedValue> room(UUID blob, long length) {
        if (!memory.mayHold(length)) {
            return Optional.empty();
        }
        Optional<SharedValue> opened = memory.open(blob, length, LargeValues.PIECE);
        while (opened.isEmpty() && dropEarliest()) {
            opened = memory.open(blob, length, LargeValues.PIECE);
        }
        return opened;
    }

    private boolean dropEarliest() {
        UUID earliest;
        synchronized (this) {
            earliest = written.poll();
        }
        if (earliest != null) {
            memory.delete(earliest);
        }
        return earliest != null;
    }

    /** A value is stored, and its memory a short cut for those who read it. */
    void stored(UUID blob) {
        boolean full;
        synchronized (this) {
            written.add(blob);
            full = closed || written.size() > MOST_WRITTEN;
        }
        if (full) {
            dropEarliest();
        }
    }

    private Map<UUID, Member> members() {
        return hazelcast.getCluster().getMembers().stream().collect(Collectors.toMap(Member::getUuid, each -> each));
    }

    /** Blocks for a round trip when members have come or gone. */
    private boolean isShared() {
        Map<UUID, Member> present = members();
        Asked last;
        synchronized (this) {
            if (closed || memory.folder().isEmpty()) {
                return false;
            }
            if (!asked.holds(present.keySet())) {
                asked = new Asked(present.keySet(), ask(present), System.nanoTime());
            }
            last = asked;
        }
        try {
            return last.all().get(last.patienceNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            log.debug("whether all members are on this host is not known yet", e);
        }
        return false;
    }

    private CompletableFuture<Boolean> ask(Map<UUID, Member> members) {
        IExecutorService control = hazelcast.getExecutorService(GridObjects.CONTROL);
        Map<UUID, CompletableFuture<Boolean>> answers = new HashMap<>();
        members.forEach((id, member) -> {
            UUID token = UUID.randomUUID();
            Answer answer = new Answer();
            control.submitToMember(new MemoryTokenCall(token), member, answer);
            answers.put(id, answer.come.thenApply(wrote -> wrote && MemoryTokenCall.isThere(token, memory)));
        });
        return CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new))
                .thenApply(
                        all -> !answers.isEmpty() && answers.values().stream().allMatch(CompletableFuture::join));
    }

    private static final class Answer implements ExecutionCallback<Boolean> {
        final CompletableFuture<Boolean> come = new CompletableFuture<>();

        @Override
        public void onResponse(@Nullable Boolean wrote) {
            come.complete(wrote != null && wrote);
        }

        @Override
        public void onFailure(Throwable trouble) {
            come.completeExceptionally(trouble);
        }
    }

    /** Takes back what this process wrote. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        while (dropEarliest()) {
            log.trace("a value is shared no longer");
        }
    }
}
