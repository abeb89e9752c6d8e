package io.gridctl.node.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import io.gridctl.Grid;
import io.gridctl.GridException;
import io.gridctl.NamedValue;
import io.gridctl.function.RemoteFunction;
import io.gridctl.node.code.ClassFile;
import io.gridctl.node.code.StoredClasses;
import io.gridctl.node.code.UserCode;
import io.gridctl.node.engine.EngineInspection;
import io.gridctl.node.pipeline.PipelineReport;
import io.gridctl.node.pipeline.PipelineReports;
import io.gridctl.node.task.BlobKey;
import io.gridctl.node.task.CodePack;
import io.gridctl.node.task.GridObjects;
import io.gridctl.node.task.LargeValues;
import io.gridctl.node.task.PushCall;
import io.gridctl.node.task.PushCall.NamedBytes;
import io.gridctl.node.task.StoredValue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@Tag("any-jvm")
class SweepTest {
    private static final Duration AGE = Duration.ofMinutes(1);
    private static final String POINT = """
            package demo;
            import io.gridctl.Namespace;
            import io.gridctl.function.RemoteFunction;
            public record Point(int x, int y) {
                public static Object make() { return new Point(3, 4); }
                public static Object read() {
                    RemoteFunction<Namespace, String> f = names -> names.get("p").toString();
                    return f;
                }
            }
            """;

    /** Of another client, which has no class Point. */
    private static final String READER = """
            package demo;
            import io.gridctl.Namespace;
            import io.gridctl.function.RemoteFunction;
            public class Reader {
                public static Object read() {
                    RemoteFunction<Namespace, String> f = names -> names.get("p").toString();
                    return f;
                }
            }
            """;

    @TempDir
    static Path folder;

    private static ShippingGrid nodes;
    private static ClassLoader points;
    private static ClassLoader reader;

    private final AtomicLong clock = new AtomicLong();
    private Sweep sweep;
    private IMap<String, byte[]> code;
    private IMap<BlobKey, byte[]> pieces;

    @BeforeAll
    static void start() throws IOException {
        nodes = new ShippingGrid(1);
        points = UserCode.compile(folder.resolve("points"), POINT);
        reader = UserCode.compile(folder.resolve("reader"), READER);
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @BeforeEach
    void look() {
        sweep = new Sweep(nodes.member(), AGE, clock::get);
        code = nodes.member().getMap(GridObjects.CODE);
        pieces = nodes.member().getMap(GridObjects.BLOB);
    }

    @AfterEach
    void leaveNothing() throws Exception {
        try (Grid grid = nodes.connect()) {
            grid.engines().clear();
        }
        awaitNobody();
        sweepForLong();
        assertThat(code.keySet()).isEmpty();
        assertThat(pieces.keySet()).isEmpty();
    }

    /** Connections of clients that were closed are gone. */
    private static void awaitNobody() {
        await().until(() ->
                nodes.member().getClientService().getConnectedClients().isEmpty());
    }

    private void sweepForLong() {
        sweep.run();
        clock.addAndGet(AGE.toNanos());
        sweep.run();
    }

    @SuppressWarnings("unchecked")
    private static RemoteFunction<io.gridctl.Namespace, String> reads(ClassLoader program, String type) {
        return (RemoteFunction<io.gridctl.Namespace, String>) UserCode.call(program, type, "read");
    }

    private static void pushAPointAndLeave() throws Exception {
        try (Grid grid = nodes.connect()) {
            grid.engine(0).push("p", UserCode.call(points, "demo.Point", "make"));
        }
        awaitNobody();
    }

    @Test
    void theClassesOfAStoredValueStayWhenItsClientHasLeft() throws Exception {
        pushAPointAndLeave();

        sweepForLong();

        try (Grid other = nodes.connect()) {
            assertThat(other.engine(0).apply(reads(reader, "demo.Reader"))).isEqualTo("Point[x=3, y=4]");
        }
    }

    @Test
    void theyGoWithTheLastValueThatNeedsThem() throws Exception {
        pushAPointAndLeave();
        try (Grid other = nodes.connect()) {
            other.engine(0).remove("p");
        }

        sweepForLong();

        assertThat(code.keySet()).isEmpty();
    }

    @Test
    void theyStayForTheClientThatMayStoreMore() throws Exception {
        try (Grid grid = nodes.connect()) {
            grid.engine(0).push("p", UserCode.call(points, "demo.Point", "make"));
            grid.engine(0).remove("p");

            sweepForLong();

            assertThat(code.keySet()).isNotEmpty();
        }
    }

    @Test
    void nothingIsTakenBeforeItsTime() throws Exception {
        pushAPointAndLeave();
        try (Grid other = nodes.connect()) {
            other.engine(0).remove("p");
        }

        sweep.run();
        clock.addAndGet(AGE.toNanos() - 1);
        sweep.run();

        assertThat(code.keySet()).isNotEmpty();
    }

    @Test
    void theClassesOfAValueOutliveItsEngine() throws Exception {
        pushAPointAndLeave();
        nodes.kill(0);
        sweepForLong();
        nodes.startEngine(0);
        sweepForLong();

        try (Grid other = nodes.connect()) {
            assertThat(other.engine(0).apply(reads(reader, "demo.Reader"))).isEqualTo("Point[x=3, y=4]");
        }
    }

    @Test
    void whatATaskStoresIsReadWhenItsClientHasLeft() throws Exception {
        try (Grid grid = nodes.connect()) {
            grid.engine(0).push("p", UserCode.call(points, "demo.Point", "make"));
            assertThat(grid.engine(0).apply(reads(points, "demo.Point"))).isEqualTo("Point[x=3, y=4]");
        }
        awaitNobody();
        sweepForLong();

        try (Grid other = nodes.connect()) {
            assertThat(other.engine(0).apply(reads(reader, "demo.Reader"))).isEqualTo("Point[x=3, y=4]");
            assertThat(EngineInspection.programs(nodes.desk(0))).isEqualTo(2);
        }
        await().until(() -> EngineInspection.programs(nodes.desk(0)) == 0);
    }

    private static ClassFile classFile(String name) {
        return ClassFile.of(name, name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void aClassThatTwoProgramsHaveStaysForTheOneThatIsNeeded() throws Exception {
        try (Grid grid = nodes.connect()) {
            UUID here = nodes.member()
                    .getClientService()
                    .getConnectedClients()
                    .iterator()
                    .next()
                    .getUuid();
            StoredClasses stored = new StoredClasses(code);
            stored.keep("gone", UUID.randomUUID(), List.of(classFile("Both"), classFile("Gone")));
            stored.keep("here", here, List.of(classFile("Both")));

            sweepForLong();

            assertThat(stored.find("here", "Both")).isPresent();
            assertThat(stored.find("gone", "Both")).isEmpty();
            assertThat(code.keySet()).hasSize(3);
            assertThat(grid.ids()).containsExactly(0);
        }
    }

    @Test
    void whatIsWrittenAgainBetweenTwoLooksStays() {
        UUID nobody = UUID.randomUUID();
        new StoredClasses(code).keep("p", nobody, List.of(classFile("A")));
        sweep.run();
        clock.addAndGet(AGE.toNanos());

        new StoredClasses(code).keep("p", nobody, List.of(classFile("A")));
        sweep.run();

        assertThat(new StoredClasses(code).find("p", "A")).contains(classFile("A"));
    }

    /** However slow the looks are, and though one has just been when the last name went. */
    @Test
    void whatIsNobodysIsGoneWithinAMinute() {
        Sweep slow = new Sweep(nodes.member(), Sweeper.AGE, clock::get);
        slow.run();
        new LargeValues(pieces).write(LargeValues.Source.of(new byte[3 << 20]), 1);
        long since = clock.get();

        while (!pieces.isEmpty()) {
            clock.addAndGet(Sweeper.PERIOD.plusSeconds(2).toNanos());
            slow.run();
        }

        assertThat(Duration.ofNanos(clock.get() - since)).isLessThanOrEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void reportsToAClientThatHasLeftGoThoughThereIsNothingElse() {
        IMap<String, PipelineReport> reports = nodes.member().getMap(GridObjects.PIPELINE);
        reports.set("anything", PipelineReports.toNobody());

        sweep.run();

        assertThat(reports.keySet()).isEmpty();
    }

    @Test
    void whatAPipelineStoresStaysAsLongAsItSaysSoToItsClient() throws Exception {
        UUID blob = new LargeValues(pieces).write(LargeValues.Source.of(new byte[1 << 20]), 1);
        IMap<String, PipelineReport> reports = nodes.member().getMap(GridObjects.PIPELINE);
        try (Grid grid = nodes.connect()) {
            UUID client = nodes.member()
                    .getClientService()
                    .getConnectedClients()
                    .iterator()
                    .next()
                    .getUuid();
            reports.set("store", PipelineReports.storing(blob, client));
            sweepForLong();
            assertThat(pieces.keySet()).hasSize(2);
            assertThat(grid.ids()).containsExactly(0);
        }
        awaitNobody();

        sweepForLong();

        assertThat(pieces.keySet()).isEmpty();
        assertThat(reports.keySet()).isEmpty();
    }

    @Test
    void piecesThatNoNameRefersToGo() {
        new LargeValues(pieces).write(LargeValues.Source.of(new byte[3 << 20]), 2);
        assertThat(pieces.keySet()).hasSize(4);

        sweepForLong();

        assertThat(pieces.keySet()).isEmpty();
    }

    @Test
    void piecesThatAreStillBeingWrittenStay() {
        UUID blob = new LargeValues(pieces).write(LargeValues.Source.of(new byte[1 << 20]), 1);
        sweep.run();
        clock.addAndGet(AGE.toNanos());

        pieces.set(new BlobKey(blob, 1), new byte[1]);
        sweep.run();

        assertThat(pieces.keySet()).hasSize(3);
    }

    @Test
    void piecesThatANameRefersToStayAndGoWithIt() throws Exception {
        byte[] large = new byte[3 << 20];
        try (Grid grid = nodes.connect()) {
            grid.engine(0).push("large", large);
        }
        awaitNobody();

        sweepForLong();

        try (Grid grid = nodes.connect()) {
            assertThat(grid.engine(0).<byte[]>pull("large")).hasSize(large.length);
            assertThat(grid.engine(0).names()).extracting(NamedValue::name).containsExactly("large");
            grid.engine(0).remove("large");
            await().untilAsserted(() -> assertThat(pieces.keySet()).isEmpty());
        }
    }

    @Test
    void anEngineDoesNotStoreAValueWhosePiecesWereSweptAway() {
        StoredValue gone = StoredValue.of("byte[]", "", UUID.randomUUID(), 3 << 20);
        PushCall push =
                new PushCall(UUID.randomUUID(), new CodePack("", 0, List.of()), List.of(new NamedBytes("large", gone)));

        assertThatThrownBy(() -> nodes.desk(0).push(push))
                .isInstanceOf(GridException.class)
                .hasMessageContaining("'large'")
                .hasMessageContaining("push it again");
        assertThat(nodes.desk(0).names()).isEmpty();
    }
}
