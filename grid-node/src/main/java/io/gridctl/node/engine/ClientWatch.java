package io.gridctl.node.engine;

import com.hazelcast.client.Client;
import com.hazelcast.client.ClientListener;
import com.hazelcast.core.HazelcastInstance;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Notices clients that left without a word. A link that broke may come back, and results wait for it for a minute; a
 * client that is not there again by then is gone.
 */
final class ClientWatch implements ClientListener, AutoCloseable {
    private static final long GRACE_SECONDS = 60;

    private final HazelcastInstance hazelcast;
    private final Consumer<UUID> gone;
    private final ScheduledExecutorService timer;
    private final UUID registration;

    ClientWatch(HazelcastInstance hazelcast, Consumer<UUID> gone) {
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
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for the end of the grace.
    public void clientDisconnected(Client client) {
        UUID id = client.getUuid();
        try {
            timer.schedule(() -> check(id), GRACE_SECONDS, TimeUnit.SECONDS);
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
