package io.gridctl.cli.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gridctl.Grid;
import io.gridctl.UnknownClassException;
import io.gridctl.cli.code.SharedEngines.Engines;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of a user's classes: there and back, pulled with the class and without it. */
@ExtendWith(SharedEngines.class)
class ValuesIT {
    private static final String MAIN = """
            package values;
            import io.gridctl.*;
            import io.gridctl.function.*;
            import java.time.*;
            import java.util.*;
            import java.util.stream.*;
            public class Main {
                /** Not Serializable, none of these. */
                static class Plain {
                    private final String name; private int[] numbers; transient String skipped = "s"; Plain next;
                    Plain(String name, int... numbers) { this.name = name; this.numbers = numbers; }
                    public String toString() { return name + Arrays.toString(numbers) + skipped; }
                }
                static class Special extends Plain { final Kind kind = Kind.B; Special(String name) { super(name, 7); } }
                enum Kind { A, B { public String toString() { return "bee"; } } }
                record Pair<A, B>(A first, B second) {}
                static class Trouble extends Exception {
                    final int code; final Plain detail;
                    Trouble(String message, int code, Plain detail) { super(message, new IllegalStateException("inside")); this.code = code; this.detail = detail; }
                }

                public static Object plainClasses(Grid grid) throws Exception {
                    Plain plain = new Plain("p", 1, 2);
                    Plain back = grid.engine(0).apply((Plain p) -> new Plain(p.name + "!", p.numbers[1]), plain);
                    return back;
                }
                public static Object inheritedFields(Grid grid) throws Exception {
                    Special back = grid.engine(0).apply((Special s) -> s, new Special("s"));
                    return back + back.kind.toString();
                }
                public static Object plainRecords(Grid grid) throws Exception {
                    return grid.engine(0).apply((Pair<Pair<String, Integer>, List<Plain>> p) -> new Pair<>(p.second(), p.first()),
                            new Pair<>(new Pair<>("a", 1), List.of(new Plain("x"))));
                }
                public static Object cycles(Grid grid) throws Exception {
                    Plain a = new Plain("a"); a.next = new Plain("b"); a.next.next = a;
                    Plain back = grid.engine(0).apply((Plain p) -> p, a);
                    return (back.next.next == back) + back.next.name;
                }
                /** Its hash code reads a field that comes after the set that it is in. */
                static class Named {
                    Set<Object> friends = new HashSet<>(); Map<Object, String> words = new HashMap<>(); String name;
                    Named(String name) { this.name = name; }
                    public int hashCode() { return name.hashCode(); }
                    public boolean equals(Object o) { return o instanceof Named n && name.equals(n.name); }
                }
                public static Object cyclesThroughSets(Grid grid) throws Exception {
                    Named one = new Named("one"); Named two = new Named("two");
                    one.friends.add(one); one.friends.add(two); two.friends.add(one); one.words.put(two, "w");
                    Named back = grid.engine(0).apply((Named n) -> n.friends.contains(n) && n.words.get(new Named("two")).equals("w") ? n : null, one);
                    return back.friends.contains(back) && back.friends.contains(two) && back.words.containsKey(two);
                }
                public static Object sharedReferences(Grid grid) throws Exception {
                    Plain shared = new Plain("s");
                    Pair<Plain, Plain> back = grid.engine(0).apply((Pair<Plain, Plain> p) -> p, new Pair<>(shared, shared));
                    return back.first() == back.second();
                }
                public static Object largePrimitiveArrays(Grid grid) throws Exception {
                    double[] large = IntStream.range(0, 1 << 20).mapToDouble(i -> i).toArray();
                    long[] longs = LongStream.range(0, 1000).toArray(); byte[] bytes = {1, 2}; boolean[] flags = {true, false};
                    double[] back = grid.engine(0).apply((double[] x) -> { x[0] = x[x.length - 1]; return x; }, large);
                    return back.length + " " + back[0] + " " + large[0] + " "
                            + grid.engine(0).apply(() -> LongStream.of(longs).sum() + bytes[1] + (flags[0] ? 1 : 0));
                }
                public static Object random(Grid grid) throws Exception {
                    Random random = new Random(42); random.nextInt();
                    int there = grid.engine(0).apply((Random r) -> r.nextInt(), random);
                    return there == random.nextInt();
                }
                public static Object optionals(Grid grid) throws Exception {
                    Optional<Plain> full = Optional.of(new Plain("o")); OptionalInt number = OptionalInt.of(3);
                    return grid.engine(0).apply(() -> List.of(full.map(p -> p.name), Optional.empty(), number));
                }
                public static Object dates(Grid grid) throws Exception {
                    List<Object> times = List.of(LocalDate.of(2026, 1, 2), Duration.ofMinutes(3), Instant.EPOCH,
                            ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneId.of("Europe/Paris")), Period.ofDays(2), Year.of(2026), ZoneOffset.UTC, DayOfWeek.MONDAY);
                    return grid.engine(0).apply((List<Object> list) -> list, times).equals(times);
                }
                public static Object exceptionsWithFields(Grid grid) throws Exception {
                    Trouble kept = grid.engine(0).apply(() -> new Trouble("kept", 5, new Plain("d")));
                    try {
                        grid.engine(0).run(() -> { throw new Trouble("thrown", 7, new Plain("e", 1)); });
                        return "nothing was thrown";
                    } catch (TaskFailedException e) {
                        Trouble thrown = (Trouble) e.getCause();
                        return kept.code + kept.detail.name + thrown.getMessage() + thrown.code + thrown.detail.name + thrown.getCause().getMessage();
                    }
                }
                public static Object immutableCollections(Grid grid) throws Exception {
                    List<Object> all = List.of(List.of(1), List.of(1, 2, 3), Set.of("a"), Set.of(1, 2, 3), Map.of("k", 1), Map.of(1, 2, 3, 4), List.copyOf(new ArrayList<>(List.of(5))));
                    List<Object> back = grid.engine(0).apply((List<Object> list) -> list, all);
                    try { back.add(1); return "not immutable"; } catch (UnsupportedOperationException expected) { }
                    return back.equals(all);
                }
                public static Object collectionsOfTheUsersTypes(Grid grid) throws Exception {
                    Map<Kind, List<Pair<Integer, int[]>>> map = new EnumMap<>(Map.of(Kind.B, List.of(new Pair<>(1, new int[] {2}))));
                    return grid.engine(0).apply((Map<Kind, List<Pair<Integer, int[]>>> m) -> m.get(Kind.B).get(0).second()[0], map);
                }

                public static Object push(Grid grid) throws Exception {
                    Special special = new Special("spec"); special.next = special;
                    grid.engine(0).push("values.pushed", new Pair<>(special, List.of(Kind.A, Kind.B, Optional.of("x"), new Plain[] {null})));
                    grid.engine(0).run(ns -> ns.put("values.put", Map.of("k", new Pair<>(1, 'c'))));
                    RemoteFunction<Integer, Integer> twice = x -> 2 * x;
                    grid.engine(0).push("values.function", twice);
                    return null;
                }
                public static Object pull(Grid grid) throws Exception {
                    Pair<Special, List<Object>> pair = grid.engine(0).pull("values.pushed");
                    Map<String, Pair<Integer, Character>> map = grid.engine(0).pull("values.put");
                    RemoteFunction<Integer, Integer> twice = grid.engine(0).pull("values.function");
                    return pair.first() + "" + pair.second().get(1) + map.get("k").second() + twice.apply(21);
                }
            }
            """;
    private static final String STRANGER = """
            package stranger;
            import io.gridctl.*;
            public class Main {
                public static Object pullPushed(Grid grid) throws Exception { return grid.engine(0).pull("values.pushed"); }
                public static Object pullPut(Grid grid) throws Exception { return grid.engine(0).pull("values.put"); }
                public static Object pullFunction(Grid grid) throws Exception { return grid.engine(0).pull("values.function"); }
            }
            """;

    private static UserProgram program;
    private static UserProgram stranger;

    @BeforeAll
    static void compile(@TempDir Path folder) throws IOException {
        program = UserProgram.compile(folder.resolve("program"), MAIN);
        stranger = UserProgram.compile(folder.resolve("stranger"), STRANGER);
    }

    @AfterAll
    static void close() throws IOException {
        program.close();
        stranger.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plainClasses | p![2]null",
                "inheritedFields | s[7]nullbee",
                "plainRecords | Pair[first=[x[]null], second=Pair[first=a, second=1]]",
                "cycles | trueb",
                "cyclesThroughSets | true",
                "sharedReferences | true",
                "largePrimitiveArrays | 1048576 1048575.0 0.0 499503",
                "random | true",
                "optionals | [Optional[o], Optional.empty, OptionalInt[3]]",
                "dates | true",
                "exceptionsWithFields | 5dthrown7einside",
                "immutableCollections | true",
                "collectionsOfTheUsersTypes | 2"
            })
    void travelThereAndBack(String method, String result, Engines engines) throws Exception {
        try (Grid grid = engines.connect()) {
            assertThat(program.call("values.Main", method, grid)).hasToString(result);
        }
    }

    @Test
    void areReadByAClientThatHasTheClassThoughTheOneThatPushedThemHasLeft(Engines engines) throws Exception {
        try (Grid grid = engines.connect()) {
            program.call("values.Main", "push", grid);
        }
        try (Grid grid = engines.connect()) {
            assertThat(program.call("values.Main", "pull", grid)).isEqualTo("spec[7]nullbeec42");
        }
    }

    @Test
    void areASentenceAndTextToAClientThatHasNotTheClass(Engines engines) throws Exception {
        try (Grid grid = engines.connect()) {
            program.call("values.Main", "push", grid);
        }
        try (Grid grid = engines.connect()) {
            UnknownClassException pushed = catchThrowableOfType(
                    UnknownClassException.class, () -> stranger.call("stranger.Main", "pullPushed", grid));
            assertThat(pushed.className()).isEqualTo("values.Main$Pair");
            assertThat(pushed)
                    .hasMessageStartingWith("the value of 'values.pushed' on engine 0 needs the class values.Main$Pair,"
                            + " which this program does not have; put it on this program's class path. The value: ");
            assertThat(pushed.valueText())
                    .isEqualTo("values.Main$Pair(first=values.Main$Special(name=\"spec\", numbers=[7], next=(itself),"
                            + " kind=values.Main$Kind.B), second=[values.Main$Kind.A, values.Main$Kind.B,"
                            + " Optional[x], [null]])");

            UnknownClassException put = catchThrowableOfType(
                    UnknownClassException.class, () -> stranger.call("stranger.Main", "pullPut", grid));
            assertThat(put.valueText()).isEqualTo("{\"k\"=values.Main$Pair(first=1, second=c)}");

            UnknownClassException function = catchThrowableOfType(
                    UnknownClassException.class, () -> stranger.call("stranger.Main", "pullFunction", grid));
            assertThat(function.valueText()).isEqualTo("a function of values.Main()");
        }
    }
}
