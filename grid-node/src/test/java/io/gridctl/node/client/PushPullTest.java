package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.gridctl.AsyncResult;
import io.gridctl.CompositeException;
import io.gridctl.Engine;
import io.gridctl.Grid;
import io.gridctl.MapResult;
import io.gridctl.NamedValue;
import io.gridctl.NoSuchNameException;
import io.gridctl.NotShippableException;
import io.gridctl.node.task.GridObjects;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(SharedGrid.class)
@Timeout(60)
class PushPullTest {
    private static final int BIG = 3 << 20;

    private final Grid grid = SharedGrid.grid();
    private final Engine engine = grid.engine(1);

    record Point(int x, double y, List<String> labels) {}

    enum Color {
        RED
    }

    static final class Plain {
        private int count = 7;

        @Override
        public boolean equals(Object other) {
            return other instanceof Plain that && that.count == count;
        }

        @Override
        public int hashCode() {
            return count;
        }
    }

    static Stream<Object> values() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("b", 1);
        map.put("a", null);
        Object[] mixed = {1, "two", 3.0, null};
        return Stream.of(
                5,
                5L,
                2.5,
                2.5f,
                true,
                'x',
                (byte) 3,
                (short) 4,
                "text with ünïcödé \uD83D\uDE00",
                "",
                new BigDecimal("1.50"),
                LocalDate.of(2020, 2, 29),
                Instant.EPOCH,
                Duration.ofMinutes(3),
                UUID.fromString("00000000-0000-0001-0000-000000000002"),
                Color.RED,
                new Point(1, 2.5, List.of("p")),
                new Plain(),
                Optional.of("x"),
                List.of(1, 2),
                new ArrayList<>(Arrays.asList(1, null, 3)),
                map,
                new TreeMap<>(Map.of("k", 1)),
                new int[] {1, 2},
                new double[0],
                new boolean[] {true},
                new String[] {"a", null},
                new int[][] {{1}, {2, 3}},
                mixed,
                String.class);
    }

    @ParameterizedTest
    @MethodSource("values")
    void whatIsPushedIsPulled(Object value) throws Exception {
        engine.push("v", value);

        Object pulled = engine.pull("v");

        assertThat(pulled.getClass()).isEqualTo(value.getClass());
        assertThat(Arrays.deepEquals(new Object[] {pulled}, new Object[] {value}))
                .isTrue();
    }

    @Test
    void nullIsAValueLikeAnyOther() throws Exception {
        grid.engines().push("nothing", null);

        assertThat(engine.<Object>pull("nothing")).isNull();
        assertThat(grid.engines().<Object>pull("nothing")).containsExactly(null, null, null);
        assertThat(engine.<Boolean>apply(ns -> ns.contains("nothing") && ns.get("nothing") == null))
                .isTrue();
        assertThat(engine.names()).extracting(NamedValue::typeName).containsExactly("null");
    }

    @Test
    void aViewPushesToEachOfItsEnginesAndToNoOther() throws Exception {
        grid.engines(0, 2).push("a", 5);

        assertThat(grid.engines(2, 0).<Integer>pull("a")).containsExactly(5, 5);
        assertThatThrownBy(() -> grid.engine(1).pull("a")).isInstanceOf(NoSuchNameException.class);
    }

    @Test
    void aViewPullsInTheOrderOfItsEngines() throws Exception {
        grid.engine(0).push("a", "zero");
        grid.engine(2).push("a", "two");

        assertThat(grid.engines(2, 0).<String>pull("a")).containsExactly("two", "zero");
        assertThat(grid.engines(2, 0).<String>pullAsync("a").byEngine())
                .containsExactly(Map.entry(2, "two"), Map.entry(0, "zero"));
    }

    @Test
    void severalValuesArePushedAtOnce() throws Exception {
        Map<String, Object> values = new HashMap<>();
        values.put("a", 1);
        values.put("b", null);

        grid.engines().push(values);
        engine.push(Map.of("c", 3));
        engine.push(Map.of());

        assertThat(engine.names()).extracting(NamedValue::name).containsExactly("a", "b", "c");
        assertThat(grid.engine(0).names()).extracting(NamedValue::name).containsExactly("a", "b");
    }

    @Test
    void ifOneOfSeveralValuesCannotBeSentNoneIsStored() throws Exception {
        Map<String, Object> values = new TreeMap<>();
        values.put("a", 1);
        values.put("b", new Thread("never starts"));

        assertThatThrownBy(() -> engine.push(values))
                .isInstanceOf(NotShippableException.class)
                .hasMessageContaining("value of 'b'");
        assertThat(engine.names()).isEmpty();
    }

    @Test
    void aMissingNameNamesEngineAndName() {
        assertThatThrownBy(() -> engine.pull("missing"))
                .isInstanceOfSatisfying(NoSuchNameException.class, e -> {
                    assertThat(e.engineId()).isEqualTo(1);
                    assertThat(e.name()).isEqualTo("missing");
                })
                .hasMessage("engine 1 has no value named 'missing'; push it first");
        assertThatThrownBy(() -> engine.pullAsync("missing").get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(NoSuchNameException.class);
    }

    @Test
    void aViewFailsWithOneMissingNamePerEngineThatLacksIt() throws Exception {
        grid.engine(1).push("a", 1);

        assertThatThrownBy(() -> grid.engines().pull("a")).isInstanceOfSatisfying(CompositeException.class, e -> {
            assertThat(e.parts()).isEqualTo(3);
            assertThat(e.failures())
                    .extracting(failure -> ((NoSuchNameException) failure).engineId())
                    .containsExactly(0, 2);
        });
    }

    @Test
    void oddNamesAreNamesAndBlankOnesAreNone() throws Exception {
        for (String odd : List.of("a b", "ü", "grid.ns.0", "'", "\uD83D\uDE00", "a".repeat(5000))) {
            engine.push(odd, odd);
            assertThat(engine.<String>pull(odd)).isEqualTo(odd);
        }
        for (String blank : List.of("", " ", "\t\n")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> engine.push(blank, 1))
                    .withMessage("a name cannot be blank");
            assertThatIllegalArgumentException().isThrownBy(() -> grid.engines().push(Map.of(blank, 1)));
            assertThatIllegalArgumentException().isThrownBy(() -> engine.pull(blank));
        }
        assertThatThrownBy(() -> engine.push((String) null, 1))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("name");
    }

    @Test
    void namesAreListedInOrderWithTypeSizeAndVersion() throws Exception {
        engine.push("b", new int[1000]);
        engine.push("a", "x");
        engine.push("a", "y");

        List<NamedValue> names = engine.names();

        assertThat(names).extracting(NamedValue::name).containsExactly("a", "b");
        assertThat(names).extracting(NamedValue::typeName).containsExactly("java.lang.String", "[I");
        assertThat(names).extracting(NamedValue::version).containsExactly(2L, 1L);
        assertThat(names.get(1).bytes()).isBetween(4000L, 4200L);
        assertThat(grid.engines(1, 0).names()).containsExactly(Map.entry(1, names), Map.entry(0, List.of()));
    }

    @Test
    void namesAreRemovedOneByOneOrAllTogether() throws Exception {
        grid.engines().push(Map.of("a", 1, "b", 2, "c", 3));

        grid.engines(0, 1).remove("a", "never there", "a");
        engine.remove("b");
        engine.remove();

        assertThat(grid.engine(0).names()).extracting(NamedValue::name).containsExactly("b", "c");
        assertThat(engine.names()).extracting(NamedValue::name).containsExactly("c");

        engine.clear();
        engine.clear();

        assertThat(engine.names()).isEmpty();
        assertThat(grid.engine(2).names()).hasSize(3);
        assertThatThrownBy(() -> engine.pull("c")).isInstanceOf(NoSuchNameException.class);
    }

    private static HazelcastInstance aMember() {
        return Hazelcast.getAllHazelcastInstances().stream()
                .filter(member -> member.getMap(GridObjects.ENGINES).size() == SharedGrid.ENGINES)
                .findFirst()
                .orElseThrow();
    }

    private static int pieces() {
        return aMember().getMap(GridObjects.BLOB).size();
    }

    @Test
    void aLargeValueLiesInPiecesThatGoWithTheLastNameThatRefersToIt() throws Exception {
        byte[] large = new byte[BIG];
        Arrays.fill(large, (byte) 7);
        await().untilAsserted(() -> assertThat(pieces()).isZero());

        grid.engines().push("large", large);

        assertThat(grid.engines().<byte[]>pull("large"))
                .allSatisfy(pulled -> assertThat(pulled).isEqualTo(large));
        assertThat(grid.engines().<Integer>apply(ns -> ns.<byte[]>get("large").length))
                .containsOnly(BIG);
        assertThat(engine.names()).extracting(NamedValue::bytes).allMatch(bytes -> bytes >= BIG);
        await().untilAsserted(() -> assertThat(pieces())
                .as("pieces of one value for three engines, and its count")
                .isBetween(4, 5));

        grid.engine(0).remove("large");
        grid.engine(1).push("large", "small now");
        await().untilAsserted(() -> assertThat(pieces()).isBetween(4, 5));
        assertThat(grid.engine(2).<byte[]>pull("large")).isEqualTo(large);

        grid.engine(2).clear();
        await().untilAsserted(() -> assertThat(pieces()).isZero());
    }

    @Test
    void largeValuesThatTasksPutGoWithTheirNamesToo() throws Exception {
        for (int round = 0; round < 3; round++) {
            engine.run(ns -> ns.put("large", new long[BIG / 8]));
        }
        await().untilAsserted(() -> assertThat(pieces()).isBetween(4, 5));
        assertThat(engine.<long[]>pull("large")).hasSize(BIG / 8);

        engine.run(ns -> ns.remove("large"));

        await().untilAsserted(() -> assertThat(pieces()).isZero());
    }

    @Test
    void aTaskThatFailsToStoreOneValueLeavesNoPiecesOfAnother() {
        assertThatThrownBy(() -> engine.run(ns -> {
                    ns.put("a", new byte[BIG]);
                    ns.put("b", Thread.currentThread());
                }))
                .hasCauseInstanceOf(NotShippableException.class);

        await().untilAsserted(() -> assertThat(pieces()).isZero());
    }

    @Test
    void aPullNeverFailsForALargeValueThatIsReplacedMeanwhile() throws Exception {
        engine.push("large", new byte[BIG]);
        AsyncResult<?> pusher = grid.engine(0).runAsync(() -> {});
        pusher.await();
        List<AsyncResult<Void>> pushes = new ArrayList<>();

        for (int round = 0; round < 10; round++) {
            pushes.add(engine.pushAsync("large", new byte[BIG]));
            assertThat(engine.<byte[]>pull("large")).hasSize(BIG);
        }

        for (AsyncResult<Void> push : pushes) {
            push.await();
        }
    }

    @Test
    void aBusyEngineAnswersPushPullNamesAndStatusAtOnce() throws Exception {
        Gate gate = Gate.closed();
        AsyncResult<Void> busy = engine.runAsync(gate::pass);
        await().until(() -> gate.arrived() == 1);
        long start = System.nanoTime();

        engine.push("a", 1);
        assertThat(engine.<Integer>pull("a")).isEqualTo(1);
        assertThat(engine.names()).hasSize(1);
        engine.remove("a");
        assertThat(engine.status().running()).isEqualTo(1);

        assertThat(busy.isDone()).isFalse();
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(5);
    }

    @Test
    void aPushIsSeenByTheNextTaskThoughOneRuns() throws Exception {
        engine.push("a", "old");
        Gate gate = Gate.closed();
        AsyncResult<String> running = engine.applyAsync(ns -> {
            ns.get("a");
            gate.pass();
            return ns.get("a");
        });
        await().until(() -> gate.arrived() == 1);

        engine.push("a", "new");
        gate.open();

        assertThat(running.await()).as("a task keeps what it has read").isEqualTo("old");
        assertThat(engine.<String>apply(ns -> ns.get("a"))).isEqualTo("new");
    }

    @Test
    void aTaskReadsTheSameObjectUntilTheNameIsWritten() throws Exception {
        engine.push("list", new ArrayList<>(List.of(1)));
        int first = engine.apply(ns -> System.identityHashCode(ns.get("list")));
        int second = engine.apply(ns -> System.identityHashCode(ns.get("list")));
        engine.push("list", new ArrayList<>(List.of(1)));
        int afterPush = engine.apply(ns -> System.identityHashCode(ns.get("list")));

        assertThat(second).isEqualTo(first);
        assertThat(afterPush).isNotEqualTo(first);
    }

    @Test
    void aValueIsTakenAsItIsWhenPushAsyncReturns() throws Exception {
        int[] array = {1};

        AsyncResult<Void> push = engine.pushAsync("a", array);
        array[0] = 2;
        push.await();

        assertThat(engine.<int[]>pull("a")).containsExactly(1);
        assertThat(engine.<Integer>apply(ns -> ns.<int[]>get("a")[0])).isEqualTo(1);
    }

    @Test
    void ofTwoPushesTheLaterWins() throws Exception {
        List<AsyncResult<Void>> pushes = IntStream.rangeClosed(0, 300)
                .mapToObj(number -> engine.pushAsync("a", number))
                .toList();
        for (AsyncResult<Void> push : pushes) {
            push.await();
        }

        assertThat(engine.<Integer>pull("a")).isEqualTo(300);
    }

    @Test
    void asyncPushAndPullOfAView() throws Exception {
        AsyncResult<Void> push = grid.engines().pushAsync("a", 4);

        assertThat(push.await()).isNull();
        MapResult<Integer> pull = grid.engines().pullAsync("a");
        assertThat(pull.await()).containsExactly(4, 4, 4);
        assertThat(pull.progress().done()).isEqualTo(3);
    }

    @Test
    void aValueThatCannotBeSentIsNamedBeforeAnythingIsSent() throws Exception {
        assertThatThrownBy(() -> engine.push("a", List.of(new Thread("never starts"))))
                .isInstanceOf(NotShippableException.class)
                .hasMessageContaining("Thread");
        assertThatThrownBy(() -> grid.engines().pushAsync("a", Thread.currentThread()))
                .isInstanceOf(NotShippableException.class);
        assertThat(engine.names()).isEmpty();
    }
}
