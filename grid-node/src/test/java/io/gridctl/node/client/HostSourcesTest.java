package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.map.IMap;
import io.gridctl.DirectView;
import io.gridctl.EngineInfo;
import io.gridctl.Grid;
import io.gridctl.GridException;
import io.gridctl.Source;
import io.gridctl.node.task.EngineRecord;
import io.gridctl.node.task.GridObjects;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Engines of two hosts, as their records say; both see the same folder. */
@Timeout(60)
class HostSourcesTest {
    private static final List<String> LINES =
            IntStream.range(0, 3_000).mapToObj(i -> "line " + i).toList();

    private static TestGrid nodes;

    private final Grid grid = nodes.connect();
    private final DirectView all = grid.engines();

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        nodes = new TestGrid(3);
        IMap<Integer, EngineRecord> records = nodes.member(0).getMap(GridObjects.ENGINES);
        EngineRecord second = Objects.requireNonNull(records.get(1));
        EngineInfo info = second.info();
        EngineInfo elsewhere = new EngineInfo(
                1, info.incarnation(), info.state(), "another-host", info.pid(), info.slots(), info.tags());
        records.set(1, new EngineRecord(elsewhere, second.member()));
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @BeforeEach
    void waitForAll() throws InterruptedException {
        grid.awaitEngines(3, Duration.ofSeconds(20));
    }

    @AfterEach
    void leave() throws InterruptedException {
        all.clear();
        grid.close();
    }

    private Source.Files lines() throws Exception {
        Files.write(folder.resolve("a.txt"), LINES);
        return Source.lines(folder.toString());
    }

    @Test
    void theEnginesOfEachHostShareOutTheFilesOfThatHost() throws Exception {
        List<Long> counts = all.scatterFrom("x", lines().onEachHost());

        assertThat(counts.get(1)).isEqualTo(LINES.size());
        assertThat(counts.get(0) + counts.get(2)).isEqualTo(LINES.size());
        assertThat(counts.get(0)).isBetween(1_400L, 1_600L);
        assertThat(grid.engines(0, 2).apply(names -> names.<List<String>>get("x")).stream()
                        .flatMap(List::stream))
                .containsExactlyElementsOf(LINES);
        assertThat(grid.engine(1).<List<String>>pull("x")).isEqualTo(LINES);
        assertThat(all.<List<String>>gather("x")).hasSize(2 * LINES.size());
    }

    @Test
    void theEnginesOfAllHostsShareOutWhatTheHostsShare() throws Exception {
        List<Long> counts = all.scatterFrom("x", lines());

        assertThat(counts).allSatisfy(count -> assertThat(count).isBetween(900L, 1_100L));
        assertThat(all.<List<String>>gather("x")).isEqualTo(LINES);
    }

    @Test
    void hostsThatDoNotShareTheFilesAreToldFromThoseThatDo() {
        List<Integer> ids = List.of(0, 1, 2);
        Map<Integer, String> seen = Map.of(0, "1 file", 1, "2 files", 2, "1 file");

        assertThatThrownBy(() -> PipelineCalls.requireSameView(List.of("", "", ""), ids, seen))
                .isInstanceOf(GridException.class)
                .hasMessageContaining(
                        "engine 1 sees 2 files, and engine 0 1 file: files that hosts do not share are read"
                                + " with onEachHost()");
        assertThatCode(() -> PipelineCalls.requireSameView(List.of("a", "b", "a"), ids, seen))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> PipelineCalls.requireSameView(List.of("a", "a", "b"), ids, seen))
                .hasMessageContaining("engine 1 sees 2 files, and engine 0 1 file");
    }
}
