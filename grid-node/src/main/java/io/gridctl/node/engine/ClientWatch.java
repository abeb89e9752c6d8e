package io.gridctl.node.engine;

import com.hazelcast.client.Client;
import com.hazelcast.client.ClientListener;
import com.hazelcast.core.HazelcastInstance;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Notices clients that left without a word. A link that broke may come back, and results wait for it for a minute; a
 * client that is not there again by then is gone.
 */
final class ClientWatch implements ClientListener, AutoCloseable {
    private static final long GRACE_SECONDS = 60;

    private final HazelcastInstance hazelcast;
    private final Runnable first;
    private final Consumer<UUID> gone;
    private final AtomicBoolean anyConnected = new AtomicBoolean();
    private final ScheduledExecutorService timer;
    private final UUID registration;

    /**
     * Begins to watch.
     *
     * @param hazelcast the member
     * @param first run once, when the first client connects
     * @param gone told of each client that is gone for good
     */
    ClientWatch(HazelcastInstance hazelcast, Runnable first, Consumer<UUID> gone) {
        this.first = first;
        this.hazelcast = hazelcast;
        this.gone = gone;
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "grid-engine-client-watch");
            thread.setDaemon(true);
            return thread;
        });
        registration = hazelcast.getClientService().addClientListener(this);
    }

    @Override
    public void clientConnected(Client client) {
        // Whoever comes back is found among the connected ones when its grace is over.
        if (anyConnected.compareAndSet(false, true)) {
            later(first, 0);
        }
    }

    @Override
    public void clientDisconnected(Client client) {
        UUID id = client.getUuid();
        later(() -> check(id), GRACE_SECONDS);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for it.
    private void later(Runnable what, long seconds) {
        try {
            timer.schedule(what, seconds, TimeUnit.SECONDS);
        } catch (RejectedExecutionException closing) {
            // The engine ends, and all it holds with it.
            assert timer.isShutdown();
        }
    }

    private void check(UUID client) {
        boolean back = hazelcast.getClientService().getConnectedClients().stream()
                .anyMatch(connected -> connected.getUuid().equals(client));
        if (!back) {
            gone.accept(client);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        if (hazelcast.getLifecycleService().isRunning()) {
            hazelcast.getClientService().removeClientListener(registration);
        }
    }
}
