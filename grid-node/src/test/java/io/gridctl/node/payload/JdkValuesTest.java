package io.gridctl.node.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The values that the JDK has classes for. */
class JdkValuesTest {
    private static final PayloadCodec CODEC = new PayloadCodec();

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T carry(@Nullable Object value) {
        return (T) CODEC.decode(CODEC.encode(value), JdkValuesTest.class.getClassLoader());
    }

    record Pair(int first, String second) {}

    static List<Object> plainValues() {
        return List.of(
                "text",
                "żółw \ud83d\ude00",
                "lone \ud800 surrogate",
                "",
                true,
                false,
                (byte) -3,
                'ż',
                (short) -300,
                -70_000,
                1L << 40,
                1.5f,
                -0.0,
                Double.NaN,
                new boolean[] {true, false, true},
                new byte[] {1, -2},
                new char[] {'a', '\uffff'},
                new short[] {1, -2},
                new int[] {1, -2, Integer.MIN_VALUE},
                new long[] {1, -2, Long.MIN_VALUE},
                new float[] {1, Float.MIN_VALUE},
                new double[] {1, Double.MIN_VALUE},
                new int[0],
                new int[][] {{1}, {2, 3}},
                new String[] {"a", "b"},
                new Object[] {1, "b", null},
                new Integer[][] {{1}, null});
    }

    @ParameterizedTest
    @MethodSource("plainValues")
    void plainValuesArriveAsTheyWere(Object value) {
        Object copy = carry(value);

        assertThat(copy).isEqualTo(value).hasSameClassAs(value);
    }

    @Test
    void nullArrivesAsNull() {
        assertThat(CODEC.decode(CODEC.encode(null), getClass().getClassLoader()))
                .isNull();
    }

    static List<Object> jdkValues() {
        List<Integer> numbers = new ArrayList<>(List.of(1, 2, 3, 4));
        TreeMap<String, Integer> tree = new TreeMap<>(Comparator.reverseOrder());
        tree.putAll(Map.of("a", 1, "b", 2));
        EnumMap<TimeUnit, String> units = new EnumMap<>(TimeUnit.class);
        units.put(TimeUnit.DAYS, "d");
        return List.of(
                List.of(),
                List.of(1),
                List.of(1, 2, 3),
                Stream.of("a", null).toList(),
                Stream.of("a", "b", "c").toList(),
                Set.of(1, 2, 3),
                Map.of("a", 1),
                Map.of("a", 1, "b", 2, "c", 3),
                Map.entry("a", 1),
                Arrays.asList(1, null, 3),
                Collections.emptyList(),
                Collections.emptyMap(),
                Collections.singletonList("x"),
                Collections.nCopies(3, "x"),
                Collections.unmodifiableList(numbers),
                Collections.unmodifiableMap(new HashMap<>(Map.of(1, 2))),
                Collections.unmodifiableSet(new TreeSet<>(Set.of(1, 2))),
                Collections.synchronizedList(numbers),
                numbers.subList(1, 3),
                List.of(1, 2, 3, 4, 5).subList(1, 3),
                new HashMap<>(Map.of("a", 1)).keySet(),
                tree,
                new LinkedHashMap<>(Map.of(1, 2)),
                new ConcurrentHashMap<>(Map.of(1, 2)),
                units,
                EnumSet.of(TimeUnit.DAYS, TimeUnit.HOURS),
                Optional.of("a"),
                Optional.empty(),
                OptionalInt.of(3),
                new BigDecimal("1.2300"),
                BigInteger.TEN.pow(40),
                UUID.fromString("01234567-89ab-cdef-0123-456789abcdef"),
                Duration.ofMillis(5),
                Instant.ofEpochSecond(5, 6),
                LocalDate.of(2026, 2, 3),
                LocalDateTime.of(2026, 2, 3, 4, 5),
                ZonedDateTime.of(2026, 2, 3, 4, 5, 6, 7, ZoneId.of("Europe/Warsaw")),
                ZoneId.of("Europe/Warsaw"),
                Locale.GERMANY,
                Locale.forLanguageTag("zh-Hans-CN"),
                Locale.forLanguageTag("th-TH-u-ca-buddhist"),
                TimeUnit.DAYS,
                Path.of("a", "b"),
                new File("a"),
                URI.create("http://a/b"),
                String.class,
                int.class,
                String[].class,
                Comparator.naturalOrder());
    }

    @ParameterizedTest
    @MethodSource("jdkValues")
    void valuesOfTheJdkArriveAsTheyWere(Object value) {
        Object copy = carry(value);

        assertThat(copy).isEqualTo(value);
    }

    @Test
    void immutableCollectionsStayImmutable() {
        List<Integer> list = carry(List.of(1, 2));
        Map<String, Integer> map = carry(Map.of("a", 1));

        assertThatThrownBy(() -> list.add(3)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.put("b", 3)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aRandomGoesOnWhereItWas() {
        Random random = new Random(5);
        random.nextGaussian();

        Random copy = carry(random);

        assertThat(copy.nextGaussian()).isEqualTo(random.nextGaussian());
        assertThat(copy.nextLong()).isEqualTo(random.nextLong());
    }

    @Test
    void statisticsAtomicsAndPatternsTravel() {
        IntSummaryStatistics statistics = IntStream.range(0, 9).summaryStatistics();

        assertThat(CODEC.decode(CODEC.encode(statistics), getClass().getClassLoader()))
                .hasToString(statistics.toString());
        assertThat(JdkValuesTest.<AtomicInteger>carry(new AtomicInteger(4)).get())
                .isEqualTo(4);
        assertThat(JdkValuesTest.<AtomicReference<Pair>>carry(new AtomicReference<>(new Pair(1, "b")))
                        .get())
                .isEqualTo(new Pair(1, "b"));
        assertThat(JdkValuesTest.<Pattern>carry(Pattern.compile("a+"))
                        .matcher("aaa")
                        .matches())
                .isTrue();
    }
}
