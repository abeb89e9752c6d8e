package io.gridctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.impl.clientside.HazelcastClientProxy;
import com.hazelcast.core.HazelcastInstance;
import io.gridctl.AsyncResult;
import io.gridctl.Grid;
import io.gridctl.MapResult;
import io.gridctl.cli.Gridctl.Result;
import io.gridctl.node.AsyncStages;
import io.gridctl.node.HazelcastSettings;
import io.gridctl.node.client.HazelcastGridProvider;
import io.gridctl.node.cluster.ConnectionFile;
import io.gridctl.node.cluster.ProcessId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tasks while engines are killed and replaced and the client's connections break; with {@code -Plong} 100,000 of them. */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
@Tag("any-jvm")
class BalancedFaultIT {
    private static final int ENGINES = 2;
    private static final int TASKS = Integer.getInteger("gridctl.test.tasks", 6_000);
    private static final int SINGLES = 200;

    @TempDir
    Path folder;

    private Gridctl gridctl;
    private HazelcastInstance client;

    @BeforeEach
    void startGrid() throws IOException, InterruptedException {
        gridctl = new Gridctl(folder);
        Result start = gridctl.run("start", "-n", "" + ENGINES, "--detach");
        assertThat(start.exitCode()).as(start.err()).isZero();
        AsyncStages.ensure();
        client = HazelcastClient.newHazelcastClient(HazelcastSettings.client(
                ConnectionFile.read(gridctl.grid().connectionFile()).toSettings(), 30_000));
    }

    @AfterEach
    void stopEverything() throws IOException {
        client.shutdown();
        gridctl.close();
    }

    private static int twice(int item) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        return 2 * item;
    }

    @Test
    void eachOutcomeIsRightAndComesOnceWhileEnginesDieAndLinksBreak() throws InterruptedException {
        try (Grid grid = HazelcastGridProvider.over("default", client)) {
            grid.awaitEngines(ENGINES, Gridctl.PATIENCE);
            // So large that it goes to each engine process once.
            byte[] captured = new byte[TASKS];
            MapResult<Integer> map = grid.loadBalanced()
                    .mapAsync(
                            x -> twice(x) + captured[x],
                            IntStream.range(0, TASKS).boxed().toList());
            AsyncResult<String> joined = grid.loadBalanced()
                    .mapReduceAsync(
                            "",
                            x -> twice(x) + ",",
                            String::concat,
                            IntStream.range(0, TASKS / 2).boxed().toList());
            List<AsyncResult<Integer>> singles = new ArrayList<>();
            for (int i = 0; i < SINGLES; i++) {
                singles.add(grid.loadBalanced().applyAsync(BalancedFaultIT::twice, i));
            }

            int faults = 0;
            while (!map.isDone()) {
                await().atMost(Gridctl.PATIENCE)
                        .until(() -> map.isDone() || gridctl.engines().size() == ENGINES);
                int before = map.progress().done();
                await().atMost(Duration.ofMinutes(5))
                        .until(() -> map.isDone() || map.progress().done() > before + TASKS / 20);
                if (map.isDone()) {
                    break;
                }
                if (faults++ % 2 == 0) {
                    List<ProcessId> engines = gridctl.engines();
                    Gridctl.kill(engines.get(faults / 2 % engines.size()));
                } else {
                    cut();
                }
            }

            BitSet seen = new BitSet(TASKS);
            map.asCompleted().forEach(item -> {
                assertThat(seen.get(item.index()))
                        .as("item %s comes twice", item.index())
                        .isFalse();
                seen.set(item.index());
                assertThat(item.value()).isEqualTo(2 * item.index());
            });
            assertThat(seen.cardinality()).isEqualTo(TASKS);
            for (int i = 0; i < SINGLES; i++) {
                assertThat(singles.get(i).await(Gridctl.PATIENCE)).isEqualTo(2 * i);
            }
            assertThat(joined.await(Gridctl.PATIENCE))
                    .as("items combined in their order, each once")
                    .isEqualTo(IntStream.range(0, TASKS / 2)
                            .mapToObj(x -> 2 * x + ",")
                            .collect(Collectors.joining()));
            assertThat(faults).as("how often something was broken").isGreaterThanOrEqualTo(2);
            assertThat(map.tasks()).as("what ran more than once").anyMatch(task -> task.attempts() > 1);
        }
    }

    private void cut() {
        ((HazelcastClientProxy) client)
                .client
                .getConnectionManager()
                .getActiveConnections()
                .forEach(connection -> connection.close("cut by a test", null));
    }
}
