package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.gridctl.AsyncResult;
import io.gridctl.Grid;
import io.gridctl.node.sweep.Sweeps;
import io.gridctl.node.task.GridObjects;
import io.gridctl.node.task.LargeValues;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Large values whose engine is long in coming to them. */
@Timeout(60)
class WaitingValuesTest {
    private static TestGrid nodes;
    private static volatile boolean armed;

    private final Grid grid = nodes.connect();
    private final byte[] large = new byte[3 << 20];
    private final Gate gate = Gate.closed();

    /** Whoever reads it waits at the gate, and the engine's namespace with it. */
    record Reluctant(Gate gate) {
        Reluctant {
            if (armed) {
                gate.passStubbornly();
            }
        }
    }

    @BeforeEach
    void holdUp() throws Exception {
        grid.awaitEngines(1, Duration.ofSeconds(20));
        new Random(1).nextBytes(large);
        grid.engine(0).push("reluctant", new Reluctant(gate));
        armed = true;
        var unused = grid.engine(0).applyAsync(ns -> ns.get("reluctant"));
        await().until(() -> gate.arrived() == 1);
    }

    @AfterEach
    void goOn() {
        armed = false;
        Gate.openAll();
        grid.close();
    }

    @BeforeAll
    static void open() {
        nodes = new TestGrid(1);
    }

    @AfterAll
    static void close() {
        nodes.close();
    }

    private static IMap<?, ?> map(String name) {
        return nodes.member(0).getMap(name);
    }

    private void pushedWhileHeldUp() {
        await().until(() -> !map(GridObjects.PIPELINE).isEmpty());
        Sweeps.sweepForLong(nodes.member(0));
    }

    @Test
    void areNotSweptAwayMeanwhile() throws Exception {
        var unused = grid.engine(0).pushAsync("first", 1);
        AsyncResult<@Nullable Void> pushed = grid.engine(0).pushAsync("x", large);
        pushedWhileHeldUp();
        assertThat(pushed.isDone()).isFalse();

        gate.open();

        pushed.await();
        assertThat(grid.engine(0).<byte[]>pull("x")).isEqualTo(large);
        await().until(() -> map(GridObjects.PIPELINE).isEmpty());
        grid.engine(0).clear();
    }

    @Test
    void goWithTheirClient() {
        Grid leaver = nodes.connect();
        var unused = leaver.engine(0).pushAsync("y", large);
        pushedWhileHeldUp();
        assertThat(map(GridObjects.BLOB).isEmpty()).isFalse();

        nodes.client(leaver).getLifecycleService().terminate();

        await().until(() -> {
            Sweeps.sweepForLong(nodes.member(0));
            return map(GridObjects.BLOB).isEmpty() && map(GridObjects.PIPELINE).isEmpty();
        });
        leaver.close();
    }

    @Test
    void areLeftToTheSweepByAClientThatHasEnded() {
        HazelcastInstance leaver = nodes.connectBare();
        LargeValues values = new LargeValues(leaver.getMap(GridObjects.BLOB));
        leaver.getLifecycleService().terminate();

        assertThatNoException().isThrownBy(() -> values.release(UUID.randomUUID(), 1, 1));
    }
}
