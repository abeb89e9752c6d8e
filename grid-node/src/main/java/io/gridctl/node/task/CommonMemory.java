package io.gridctl.node.task;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.ExecutionCallback;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import io.gridctl.node.share.Exchange;
import io.gridctl.node.share.HostMemory;
import io.gridctl.node.share.SharedValue;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
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
    private final PendingValues pending;
    private final Queue<HostMemory.Pending> written = new ArrayDeque<>();
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
        pending = new PendingValues(hazelcast, memory);
    }

    PendingValues pending() {
        return pending;
    }

    /** A value that is being written, and the members that there were when that began. */
    record Begun(SharedValue value, Set<UUID> members) {}

    /** Begins to share a value, unless a member is elsewhere or there is no room. */
    Optional<Begun> begin(UUID blob, long length) {
        Set<UUID> members = members().keySet();
        return isShared() && members.equals(members().keySet())
                ? room(length, () -> memory.open(blob, length, LargeValues.PIECE))
                        .map(value -> new Begun(value, members))
                : Optional.empty();
    }

    /**
     * Makes a file for the arguments of a call, unless a member is elsewhere or there is no room.
     *
     * @param id its id, which nothing else ever has
     * @param places how many arguments there are
     * @param bytes how many bytes they and their values take, roughly
     * @return to be deleted and closed
     */
    public Optional<Exchange> exchange(UUID id, int places, long bytes) {
        return isShared() ? room(bytes, () -> memory.makeExchange(id, places, bytes)) : Optional.empty();
    }

    /** Leaves a whole value to the members; false if there are others now, which may be elsewhere. */
    boolean leave(Begun begun, UUID blob, long length) {
        return begun.members().equals(members().keySet()) && memory.leave(blob, length);
    }

    /** What was written earlier gives way, unless that would be in vain. */
    private <T> Optional<T> room(long length, Supplier<Optional<T>> opening) {
        if (!memory.mayHold(length)) {
            return Optional.empty();
        }
        Optional<T> opened = opening.get();
        while (opened.isEmpty() && dropEarliest()) {
            opened = opening.get();
        }
        return opened;
    }

    /** What is pending is stored before. */
    private boolean dropEarliest() {
        HostMemory.Pending earliest;
        synchronized (this) {
            earliest = written.poll();
        }
        if (earliest == null) {
            return false;
        }
        try {
            pending.store(earliest.value(), earliest.length());
        } catch (RuntimeException trouble) {
            log.debug("large value {} stays where it is, as it cannot be stored now", earliest.value(), trouble);
        }
        memory.delete(earliest.value());
        return true;
    }

    /** A value has been written, and gives way to later ones when there is no room. */
    void wrote(UUID blob, long length) {
        boolean full;
        synchronized (this) {
            written.add(new HostMemory.Pending(blob, length));
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

    /** Takes back what this process wrote, but for what is pending, which members store. */
    @Override
    public void close() {
        List<HostMemory.Pending> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(written);
            written.clear();
        }
        left.forEach(value -> memory.delete(value.value()));
    }
}
