package io.gridctl.node.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gridctl.Grid;
import io.gridctl.GridMemory;
import io.gridctl.GridMemory.EngineMemory;
import io.gridctl.GridMemory.ProgramClasses;
import io.gridctl.GridMemory.Results;
import io.gridctl.GridMemory.Value;
import io.gridctl.node.code.UserCode;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class GridMemoryTest {
    private static final String POINT = """
            package demo;
            public record Point(int x, int y) {
                public static Object make() { return new Point(3, 4); }
            }
            """;
    private static final int LARGE = 2 << 20;

    @TempDir
    Path folder;

    private static ShippingGrid nodes;

    @BeforeAll
    static void start() {
        nodes = new ShippingGrid(2);
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    private static UUID onlyClient() {
        return nodes.member()
                .getClientService()
                .getConnectedClients()
                .iterator()
                .next()
                .getUuid();
    }

    @Test
    void valuesClassesAndResultsAreListedByOwner() throws Exception {
        Object point = UserCode.call(UserCode.compile(folder, POINT), "demo.Point", "make");
        try (Grid grid = nodes.connect()) {
            UUID client = onlyClient();
            grid.engines().push("large", new byte[LARGE]);
            grid.engine(0).push("point", point);
            grid.engine(0).apply(() -> new byte[1000]);

            GridMemory memory = grid.memory();

            EngineMemory first = memory.engines().get(0);
            EngineMemory second = memory.engines().get(1);
            assertThat(memory.engines())
                    .allMatch(EngineMemory::answered)
                    .allMatch(engine -> engine.heapUsedBytes() > 0);
            assertThat(first.values()).extracting(Value::name).containsExactly("large", "point");
            assertThat(first.values()).extracting(Value::typeName).containsExactly("[B", "demo.Point");
            assertThat(second.values()).containsExactly(first.values().get(0));
            assertThat(first.values().get(0).shared()).isPresent();
            assertThat(memory.valueBytes())
                    .isBetween((long) LARGE, LARGE + 1000L)
                    .isEqualTo(first.values().stream().mapToLong(Value::bytes).sum());
            String program = first.values().get(1).program().orElseThrow();
            assertThat(memory.storedClasses()).hasSize(1).first().satisfies(classes -> {
                assertThat(classes.program()).isEqualTo(program);
                assertThat(classes.client()).isEqualTo(client);
                assertThat(classes.classes()).isEqualTo(1);
                assertThat(classes.bytes()).isBetween(500L, 5000L);
            });
            assertThat(first.loadedClasses())
                    .extracting(ProgramClasses::program, ProgramClasses::client)
                    .contains(org.assertj.core.groups.Tuple.tuple(program, client));
            assertThat(memory.classBytes())
                    .isGreaterThan(memory.storedClasses().get(0).bytes());
            // The engine keeps the last result until it hears, with the next frame, that it has arrived.
            assertThat(first.results()).singleElement().satisfies(results -> {
                assertThat(results.client()).isEqualTo(client);
                assertThat(results.results()).isEqualTo(1);
                assertThat(results.bytes()).isBetween(1000L, 1100L);
            });
            assertThat(second.results()).extracting(Results::results).isEmpty();
            grid.engines().clear();
            await().untilAsserted(() -> {
                assertThat(grid.memory().valueBytes()).isZero();
                assertThat(grid.memory().engines())
                        .flatExtracting(EngineMemory::values)
                        .isEmpty();
            });
        }
    }

    @Test
    void theValuesOfAnEngineThatIsGoneAreListed() throws Exception {
        try (Grid grid = nodes.connect()) {
            grid.engine(1).push("kept", List.of(1, 2, 3));
            nodes.kill(1);
            await().until(() -> grid.ids().size() == 1);

            EngineMemory gone = grid.memory().engines().get(1);

            assertThat(gone.answered()).isFalse();
            assertThat(gone.values()).extracting(Value::name).containsExactly("kept");
        } finally {
            nodes.startEngine(1);
            try (Grid grid = nodes.connect()) {
                grid.engines().clear();
            }
        }
    }
}
