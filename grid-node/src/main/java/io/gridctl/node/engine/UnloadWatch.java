package io.gridctl.node.engine;

import io.gridctl.node.code.ProgramLoader;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says of a program that has left and cannot be unloaded what keeps it. Once for each program, and a while after it has
 * left, because what it started may be about to end.
 */
final class UnloadWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(UnloadWatch.class);
    private static final long GRACE_SECONDS = 10;
    private static final int SHORT_ID = 8;

    private final int engineId;
    private final ScheduledExecutorService timer;

    UnloadWatch(int engineId) {
        this.engineId = engineId;
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "grid-unload-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** A program whose clients have all left. */
    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for it.
    void left(Programs.Program program) {
        if (!(program.loader() instanceof ProgramLoader)) {
            return; // it is this process's own
        }
        String id = program.id();
        UUID client = program.client();
        WeakReference<ClassLoader> loader = new WeakReference<>(program.loader());
        try {
            timer.schedule(() -> look(id, client, loader), GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException closing) {
            assert timer.isShutdown();
        }
    }

    private void look(String program, UUID client, WeakReference<ClassLoader> left) {
        ClassLoader loader = left.get();
        List<String> pins = loader == null ? List.of() : Pins.of(loader);
        if (!pins.isEmpty()) {
            log.warn(
                    "engine {}: program {} of client {} has left and cannot be unloaded: {}. A task should end what it"
                            + " starts and remove what it sets",
                    engineId,
                    program.substring(0, SHORT_ID),
                    client.toString().substring(0, SHORT_ID),
                    String.join("; ", pins));
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
