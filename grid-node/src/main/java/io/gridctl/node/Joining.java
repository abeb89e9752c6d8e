package io.gridctl.node;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts members that join a grid. Hazelcast gives up for good when it is not connected to the required member within
 * one second, as happens on a busy machine.
 */
final class Joining {
    private static final Logger log = LoggerFactory.getLogger(Joining.class);
    private static final int ATTEMPTS = 6;

    private Joining() {}

    /** Blocks until a member is there. */
    static HazelcastInstance member(Config config) {
        for (int attempt = 1; ; attempt++) {
            try {
                return Hazelcast.newHazelcastInstance(config);
            } catch (IllegalStateException notJoined) {
                if (attempt == ATTEMPTS) {
                    throw notJoined;
                }
                log.info("did not join the grid in attempt {} of {}: {}", attempt, ATTEMPTS, notJoined.getMessage());
            }
        }
    }
}
