package io.gridctl.node.task;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.spi.exception.RetryableHazelcastException;
import com.hazelcast.spi.exception.TargetDisconnectedException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The grid's maps, by name. */
public final class GridMaps {
    private static final Logger log = LoggerFactory.getLogger(GridMaps.class);
    private static final int ATTEMPTS = 20;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private GridMaps() {}

    /**
     * A map. The first use of each by a client is told to any one of the members, and fails if that one leaves meanwhile,
     * though the map is there: then another one is told. Blocks for that.
     *
     * @param hazelcast a client or a member of the grid
     * @param name the map's name
     * @param <K> its keys
     * @param <V> its values
     * @return the map
     */
    public static <K, V> IMap<K, V> get(HazelcastInstance hazelcast, String name) {
        for (int attempt = 1; ; attempt++) {
            try {
                return hazelcast.getMap(name);
            } catch (TargetDisconnectedException | RetryableHazelcastException left) {
                if (attempt == ATTEMPTS) {
                    throw left;
                }
                log.debug("the map {} is asked for again", name, left);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
