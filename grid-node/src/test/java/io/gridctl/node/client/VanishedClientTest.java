package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.jet.impl.JetServiceBackend;
import com.hazelcast.map.IMap;
import io.gridctl.Grid;
import io.gridctl.Source;
import io.gridctl.node.sweep.Sweeps;
import io.gridctl.node.task.GridObjects;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are gone without a word, while a pipeline of theirs runs. */
@Timeout(60)
@SuppressWarnings("FutureReturnValueIgnored") // whoever waits for it vanishes
@Tag("any-jvm")
class VanishedClientTest {
    private static TestGrid nodes;

    private final Grid leaver = nodes.connect();

    @BeforeAll
    static void start() {
        nodes = new TestGrid(2);
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @AfterEach
    void close() {
        Gate.openAll();
        leaver.close();
    }

    /** As if its process had been killed: nothing of what it would tell the engines at its end is told. */
    private void vanish() {
        nodes.client(leaver).getLifecycleService().terminate();
    }

    private static <K, V> IMap<K, V> map(String name) {
        return nodes.member(0).getMap(name);
    }

    private static boolean noJobRuns() {
        return List.of(0, 1).stream()
                .map(engine -> ((HazelcastInstanceProxy) nodes.member(engine))
                        .getOriginal()
                        .node
                        .getNodeEngine()
                        .<JetServiceBackend>getService(JetServiceBackend.SERVICE_NAME))
                .allMatch(jet ->
                        jet.getJobExecutionService().getExecutionContexts().isEmpty());
    }

    /** No job, no pieces, no reports, nothing on the slots. */
    private static void nothingIsLeft() throws InterruptedException {
        await().until(VanishedClientTest::noJobRuns);
        try (Grid other = nodes.connect()) {
            await().until(() -> other.status().engines().stream()
                    .allMatch(engine -> engine.running() == 0 && engine.waiting() == 0));
            assertThat(other.engines().names().values())
                    .allSatisfy(names -> assertThat(names).isEmpty());
        }
        await().until(() -> {
            Sweeps.sweepForLong(nodes.member(0));
            return map(GridObjects.BLOB).isEmpty() && map(GridObjects.PIPELINE).isEmpty();
        });
    }

    @Test
    void recordsThatAreMadeForNobodyAreInterrupted(@TempDir Path folder) throws Exception {
        Gate gate = Gate.closed();
        Files.writeString(folder.resolve("s.csv"), "number,gate\n1," + gate.name() + "\n");
        leaver.engines().scatterFromAsync("x", Source.csv(folder.toString(), GatedRow.class));
        await().until(() -> gate.arrived() > 0);
        assertThat(noJobRuns()).isFalse();

        vanish();

        await().until(() -> gate.interrupted() > 0);
        assertThat(gate.passed()).isZero();
        nothingIsLeft();
    }

    @Test
    void aReadingThatIsHeldUpInTheMiddleEnds(@TempDir Path folder) throws Exception {
        Gate gate = Gate.closed();
        Files.writeString(
                folder.resolve("s.csv"),
                "number,gate\n" + "1,\n".repeat(2_000_000) + "1," + gate.name() + "\n" + "1,\n".repeat(1_000_000));
        leaver.engines().scatterFromAsync("x", Source.csv(folder.toString(), Late.class));
        await().until(() -> gate.arrived() > 0);

        vanish();

        await().until(() -> gate.interrupted() > 0);
        nothingIsLeft();
    }

    record Late(int number, String gate) {
        Late {
            try {
                if (!gate.isEmpty()) {
                    new Gate(gate).pass();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void entriesOfAPartThatGoIntoAMapStopGoing() throws Exception {
        Map<Integer, String> filling = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            filling.put(i, "value " + i);
        }
        leaver.engines().scatter("x", List.copyOf(filling.entrySet()));
        leaver.engines().gatherIntoAsync("x", "into");
        await().until(() -> !map("into").isEmpty());

        vanish();

        await().until(VanishedClientTest::noJobRuns);
        try (Grid other = nodes.connect()) {
            other.engines().clear();
        }
        nothingIsLeft();
    }
}
