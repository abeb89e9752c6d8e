package io.gridctl.node.pipeline;

import com.hazelcast.core.HazelcastInstance;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Whether the client that waits for a pipeline is there: Jet lets a job go on for nobody. A link that broke has a moment to
 * come back. For one thread.
 */
final class ClientPresence {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final BooleanSupplier connected;
    private final LongSupplier clock;
    private long lookedNanos;
    private long seenNanos;

    ClientPresence(BooleanSupplier connected, LongSupplier clock) {
        this.connected = connected;
        this.clock = clock;
        lookedNanos = clock.getAsLong();
        seenNanos = lookedNanos;
    }

    /** The presence of a client, or of a member that is one of its own grid, as this member sees it. */
    static ClientPresence of(UUID client, HazelcastInstance hazelcast) {
        return new ClientPresence(() -> isConnected(client, hazelcast), System::nanoTime);
    }

    private static boolean isConnected(UUID client, HazelcastInstance hazelcast) {
        return hazelcast.getClientService().getConnectedClients().stream()
                        .anyMatch(connected -> connected.getUuid().equals(client))
                || hazelcast.getCluster().getMembers().stream()
                        .anyMatch(member -> member.getUuid().equals(client));
    }

    /**
     * To be called again and again; looks now and then, and does not wait.
     *
     * @throws IllegalStateException if the client is gone for good
     */
    void check() {
        long now = clock.getAsLong();
        if (now - lookedNanos < LOOK_NANOS) {
            return;
        }
        lookedNanos = now;
        if (connected.getAsBoolean()) {
            seenNanos = now;
        } else if (now - seenNanos >= GRACE_NANOS) {
            throw new IllegalStateException("the client has left");
        }
    }
}
