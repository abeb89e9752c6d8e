package io.gridctl.node.task;

import com.hazelcast.config.Config;
import com.hazelcast.config.ConfigAccessor;
import com.hazelcast.config.ServiceConfig;
import com.hazelcast.executor.impl.DistributedExecutorService;
import com.hazelcast.spi.impl.operationservice.Operation;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hazelcast's executor service, except that a frame needs no thread of its pool: the engine takes the frame on the
 * thread that brought it, and the slot that ends its last task sends the answer. A short task then wakes one thread
 * rather than three. What an engine cannot take at once, and all other calls, go Hazelcast's own way.
 *
 * <p>Internal API of Hazelcast's, so its version is pinned; without this service everything works, slower.
 */
public final class FrameService extends DistributedExecutorService {
    private static final Logger log = LoggerFactory.getLogger(FrameService.class);

    private FrameService() {}

    /**
     * Has a member that is about to be made serve frames this way. Hazelcast says with a warning that a service of its
     * own is replaced.
     *
     * @param config the member's
     */
    public static void install(Config config) {
        ConfigAccessor.getServicesConfig(config)
                .addServiceConfig(new ServiceConfig()
                        .setEnabled(true)
                        .setName(SERVICE_NAME)
                        .setImplementation(new FrameService()));
    }

    @Override
    public <T> void execute(String name, UUID uuid, T task, Operation operation) {
        boolean taken = task instanceof FrameCall frame && frame.begin(answer -> send(operation, answer));
        if (!taken) {
            super.execute(name, uuid, task, operation);
        }
    }

    /** On a thread of the grid's, which is not to end for an answer that cannot be sent; whoever waits hears of that. */
    private static void send(Operation operation, Object answer) {
        try {
            operation.sendResponse(answer);
        } catch (RuntimeException e) {
            log.warn("an answer could not be sent", e);
            if (!(answer instanceof Refusal)) {
                send(operation, new Refusal(e));
            }
        }
    }
}
