package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import io.gridctl.AsyncResult;
import io.gridctl.DirectView;
import io.gridctl.EngineLostException;
import io.gridctl.Grid;
import io.gridctl.GridException;
import io.gridctl.NoSuchNameException;
import io.gridctl.ScatterException;
import io.gridctl.Source;
import io.gridctl.node.task.GridObjects;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines beside maps of a user's, an anchor that owns half of them, and engines that die. */
@Tag("any-jvm")
@Timeout(150)
class MapSourcesTest {
    /** What nobody needs is gone within a minute; on a busy machine a little later. */
    private static final Duration A_MINUTE_AND_MORE = Duration.ofSeconds(90);

    private static final Duration SOON = Duration.ofSeconds(20);
    private static TestGrid nodes;

    private final Grid grid = nodes.connect();
    private final DirectView all = grid.engines();

    @BeforeAll
    static void start() {
        nodes = new TestGrid(3);
    }

    /** A test that failed may have left one dead. */
    @BeforeEach
    void wait3() throws InterruptedException {
        for (int engine = 0; engine < 3; engine++) {
            if (!nodes.isThere(engine)) {
                nodes.startEngine(engine);
            }
        }
        grid.awaitEngines(3, SOON);
    }

    /** After every test, however it went on: neither pieces nor reports are left, the last of them gone with a sweep. */
    @AfterEach
    void leave() throws InterruptedException {
        Gate.openAll();
        all.clear();
        await().atMost(A_MINUTE_AND_MORE)
                .until(() -> pieces() == 0
                        && nodes.client(grid).getMap(GridObjects.PIPELINE).isEmpty());
        grid.close();
    }

    @AfterAll
    static void close() {
        nodes.close();
    }

    private <K, V> IMap<K, V> map(String name) {
        return nodes.client(grid).getMap(name);
    }

    private Map<Integer, String> fill(String name, int entries) {
        Map<Integer, String> filling = new HashMap<>();
        for (int i = 0; i < entries; i++) {
            filling.put(i, "value " + i);
        }
        this.<Integer, String>map(name).setAll(filling);
        return filling;
    }

    private long pieces() {
        return nodes.client(grid).getMap(GridObjects.BLOB).size();
    }

    @Test
    void entriesOfAMapAreSpreadOverTheEngines() throws Exception {
        Map<Integer, String> filled = fill("prices", 10_000);

        List<Long> counts = all.scatterFrom("x", Source.map("prices"));

        assertThat(counts).allSatisfy(count -> assertThat(count).isBetween(2_000L, 5_000L));
        assertThat(all.apply(ns -> (long) ns.<List<?>>get("x").size())).isEqualTo(counts);
        List<Map.Entry<Integer, String>> back = all.gather("x");
        assertThat(back.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
                .isEqualTo(filled);
    }

    @Test
    void entriesGoIntoAMapAndOthersStay() throws Exception {
        fill("from", 2_000);
        map("into").set(-1, "stays");
        all.scatterFrom("x", Source.map("from"));

        assertThat(all.gatherInto("x", "into")).isEqualTo(2_000);

        assertThat(map("into").size()).isEqualTo(2_001);
        assertThat(map("into").get(-1)).isEqualTo("stays");
        assertThat(map("into").get(7)).isEqualTo("value 7");
    }

    @Test
    void whatWasScatteredFromHereGoesIntoAMapToo() throws Exception {
        all.scatter("few", List.of(Map.entry("a", 1), Map.entry("b", List.of(2))));

        AsyncResult<Long> going = all.gatherIntoAsync("few", "mixed");

        assertThat(going.await()).isEqualTo(2);
        assertThat(going.progress().done()).isEqualTo(going.progress().total()).isPositive();
        assertThat(map("mixed").getAll(Set.of("a", "b"))).isEqualTo(Map.of("a", 1, "b", List.of(2)));
    }

    record Own(int x) implements Serializable {}

    @Test
    void whatCannotGoIntoAMapOrComeFromOneIsASentence() throws Exception {
        all.scatter("numbers", List.of(1, 2, 3));
        all.push("text", "no list");
        all.scatter("own", List.of(Map.entry(1, new Own(1))));

        assertThatThrownBy(() -> all.gatherInto("numbers", "m"))
                .isInstanceOf(GridException.class)
                .hasMessageContaining("'numbers' has an element that is a java.lang.Integer; a map takes Map.Entry");
        assertThatThrownBy(() -> all.gatherInto("text", "m"))
                .hasMessageContaining("'text' is a java.lang.String; a list of Map.Entry can be put into a map");
        assertThatThrownBy(() -> all.gatherInto("own", "m"))
                .hasMessageContaining("'own' has elements that are not of the JDK's types")
                .hasMessageContaining("Own");
        assertThatThrownBy(() -> all.gatherInto("nowhere", "m")).isInstanceOf(NoSuchNameException.class);
        assertThatThrownBy(() -> all.gatherInto("numbers", "grid.engines"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one of the grid's own");
        assertThatThrownBy(() -> all.scatterFrom("x", Source.map("none")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no map 'none'");
        assertThat(map("m").isEmpty()).isTrue();
    }

    @Test
    void aCancelledReadingInterruptsTheRecordsAndLeavesNothing(@TempDir Path folder) throws Exception {
        Gate gate = Gate.closed();
        Files.writeString(folder.resolve("s.csv"), "number,gate\n1," + gate.name() + "\n");
        AsyncResult<List<Long>> going = all.scatterFromAsync("x", Source.csv(folder.toString(), GatedRow.class));
        await().until(() -> gate.arrived() > 0);

        assertThat(going.cancel(true)).isTrue();

        assertThatThrownBy(going::await).isInstanceOf(CancellationException.class);
        await().until(() -> gate.interrupted() > 0);
        await().atMost(A_MINUTE_AND_MORE).until(() -> pieces() == 0);
        assertThat(all.names().values()).allSatisfy(names -> assertThat(names).isEmpty());
    }

    @Test
    void anEngineThatIsLostWhileItReadsIsToldAndNothingIsWritten(@TempDir Path folder) throws Exception {
        Gate gate = Gate.closed();
        Files.writeString(folder.resolve("s.csv"), "number,gate\n1," + gate.name() + "\n2," + gate.name() + "\n");
        all.push("x", "before");
        AsyncResult<List<Long>> going = all.scatterFromAsync("x", Source.csv(folder.toString(), GatedRow.class));
        await().until(() -> gate.arrived() > 0);

        nodes.kill(1);

        assertThatThrownBy(going::await)
                .isInstanceOf(ScatterException.class)
                .hasMessageContaining("no engine has its part")
                .hasCauseInstanceOf(EngineLostException.class);
        gate.open();
        await().until(() -> grid.ids().equals(List.of(0, 2)));
        assertThat(all.<String>pull("x")).containsExactly("before", "before");
        await().atMost(A_MINUTE_AND_MORE).until(() -> pieces() == 0);
        nodes.startEngine(1);
        grid.awaitEngines(3, SOON);
        assertThat(all.<String>pull("x")).containsOnly("before");
    }

    @Test
    void anEngineThatHasNoShareMayBeLost(@TempDir Path folder) throws Exception {
        Gate gate = Gate.closed();
        Files.writeString(folder.resolve("s.csv"), "number,gate\n1," + gate.name() + "\n2," + gate.name() + "\n");
        DirectView two = grid.engines(0, 2);
        AsyncResult<List<Long>> going = two.scatterFromAsync("x", Source.csv(folder.toString(), GatedRow.class));
        await().until(() -> gate.arrived() > 0);

        nodes.kill(1);
        await().until(() -> grid.ids().equals(List.of(0, 2)));
        gate.open();

        assertThat(going.await().stream().mapToLong(Long::longValue).sum()).isEqualTo(2);
        assertThat(two.<List<GatedRow>>gather("x")).extracting(GatedRow::number).containsExactly(1, 2);
    }

    @Test
    void theEntriesOfADeadEnginesPartGoIntoAMapToo() throws Exception {
        fill("source", 1_000);
        all.scatterFrom("x", Source.map("source"));
        nodes.kill(2);
        await().until(() -> grid.ids().equals(List.of(0, 1)));

        assertThat(all.gatherInto("x", "whole")).isEqualTo(1_000);

        assertThat(map("whole").size()).isEqualTo(1_000);
        nodes.startEngine(2);
        grid.awaitEngines(3, SOON);
    }
}
