package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gridctl.Engine;
import io.gridctl.NotShippableException;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.SimpleDateFormat;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of the JDK's everyday classes, pushed to an engine, used there, and pulled from it. */
@ExtendWith(SharedGrid.class)
@Timeout(60)
@SuppressWarnings({"JdkObsolete", "JavaUtilDate"}) // people use them
class OrdinaryValuesTest {
    private final Engine engine = SharedGrid.grid().engine(0);

    /** A value, and what must be the same of what arrives; the value itself if nothing else is given. */
    private static <T> Arguments value(T value, @Nullable Function<T, Object> of) {
        return Arguments.of(
                Named.of(value.getClass().getName(), value),
                Named.of(of == null ? "as it is" : "by what it shows", of));
    }

    private static Map<String, Integer> byAccess(int size) {
        Map<String, Integer> map = new LinkedHashMap<>(16, 0.75f, true);
        for (int i = 0; i < size; i++) {
            map.put("key " + i, i);
        }
        return map;
    }

    /** What is last after the first entry was used, and the order before. */
    private static Object orders(Map<String, Integer> map) {
        List<String> before = new ArrayList<>(map.keySet());
        map.put("one more", 1);
        map.put("and more", 1);
        map.get(map.keySet().iterator().next());
        return before + " " + map.keySet();
    }

    private static Object exception(Throwable thrown) {
        return thrown + " " + Arrays.toString(thrown.getStackTrace()) + " " + thrown.getCause() + " "
                + Arrays.toString(thrown.getSuppressed());
    }

    static Stream<Arguments> values() throws IOException {
        List<Integer> numbers = new ArrayList<>(List.of(5, 1, 4, 2, 3));
        Map<String, Integer> map = new HashMap<>(Map.of("a", 1, "b", 2));
        EnumMap<TimeUnit, Integer> units = new EnumMap<>(TimeUnit.class);
        units.put(TimeUnit.DAYS, 1);
        LongAdder adder = new LongAdder();
        adder.add(7);
        DoubleAdder doubles = new DoubleAdder();
        doubles.add(1.5);
        LongAccumulator most = new LongAccumulator(Math::max, 0);
        most.accumulate(9);
        Set<String> fromMap = Collections.newSetFromMap(new HashMap<>());
        fromMap.add("a");
        Properties properties = new Properties();
        properties.setProperty("key", "value");
        IOException failure = new IOException("disk", new IllegalStateException("cause"));
        failure.addSuppressed(new IllegalArgumentException("suppressed"));
        ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(77);
        bytes.flip();
        return Stream.of(
                value(StandardCharsets.UTF_8, null),
                value(Charset.forName("windows-1250"), null),
                value(
                        HexFormat.ofDelimiter(":")
                                .withPrefix("0x")
                                .withSuffix("h")
                                .withUpperCase(),
                        null),
                value(DateTimeFormatter.ISO_LOCAL_DATE, Object::toString),
                value(bytes, null),
                value(bytes, buffer -> buffer.order() + " " + buffer.getInt(0) + " " + buffer.capacity()),
                value(bytes.asReadOnlyBuffer(), ByteBuffer::isReadOnly),
                value(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}, 1, 2).slice(), null),
                value(CharBuffer.wrap("text").position(1), null),
                value(CharBuffer.wrap(new char[] {'a', 'b'}), null),
                value(ShortBuffer.wrap(new short[] {1, 2}), null),
                value(IntBuffer.wrap(new int[] {1, 2}).position(1), null),
                value(bytes.asIntBuffer(), null),
                value(LongBuffer.wrap(new long[] {1, 2}), null),
                value(FloatBuffer.wrap(new float[] {1, 2}), null),
                value(DoubleBuffer.wrap(new double[] {1, 2}), null),
                value(byAccess(0), OrdinaryValuesTest::orders),
                value(byAccess(1), OrdinaryValuesTest::orders),
                value(byAccess(5), OrdinaryValuesTest::orders),
                value(new LinkedHashMap<>(byAccess(5)), OrdinaryValuesTest::orders),
                value(Pattern.compile("a+", Pattern.CASE_INSENSITIVE), p -> p + " " + p.flags()),
                value(Currency.getInstance("PLN"), null),
                value(Locale.forLanguageTag("zh-Hans-CN"), null),
                value(UUID.randomUUID(), null),
                value(BitSet.valueOf(new long[] {5, 1L << 40}), null),
                value(units, null),
                value(EnumSet.of(TimeUnit.DAYS, TimeUnit.HOURS), null),
                value(EnumSet.noneOf(TimeUnit.class), null),
                value(new ArrayDeque<>(numbers), List::copyOf),
                value(new LinkedList<>(numbers), null),
                value(new PriorityQueue<>(numbers), queue -> Arrays.toString(queue.toArray())),
                value(new LinkedHashSet<>(numbers), null),
                value(new TreeSet<>(numbers).headSet(3), null),
                value(new TreeMap<>(map).tailMap("b"), null),
                value(new ConcurrentSkipListMap<>(map), null),
                value(new CopyOnWriteArrayList<>(numbers), null),
                value(new ConcurrentLinkedDeque<>(numbers), List::copyOf),
                value(new LinkedBlockingQueue<>(numbers), List::copyOf),
                value(Collections.unmodifiableList(numbers), null),
                value(Collections.unmodifiableCollection(numbers), List::copyOf),
                value(Collections.unmodifiableSet(new HashSet<>(numbers)), null),
                value(Collections.unmodifiableSortedSet(new TreeSet<>(numbers)), null),
                value(Collections.unmodifiableMap(map), null),
                value(Collections.unmodifiableNavigableMap(new TreeMap<>(map)), null),
                value(Collections.synchronizedList(numbers), null),
                value(Collections.synchronizedSet(new HashSet<>(numbers)), null),
                value(Collections.synchronizedMap(map), null),
                value(Collections.synchronizedSortedMap(new TreeMap<>(map)), null),
                value(Collections.checkedList(numbers, Integer.class), null),
                value(Collections.checkedSet(new HashSet<>(numbers), Integer.class), null),
                value(Collections.checkedMap(map, String.class, Integer.class), null),
                value(Collections.singletonMap("a", 1), null),
                value(Collections.singleton("a"), null),
                value(Collections.nCopies(3, "x"), null),
                value(fromMap, null),
                value(Arrays.asList(1, null, 3), null),
                value(Arrays.asList(1, 2, 3).subList(1, 3), null),
                value(numbers.subList(1, 3), null),
                value(List.of(1, 2, 3).subList(1, 2), null),
                value(map.keySet(), null),
                value(map.values(), List::copyOf),
                value(map.entrySet(), null),
                value(properties, null),
                value(new AtomicInteger(3), AtomicInteger::get),
                value(new AtomicLong(3), AtomicLong::get),
                value(new AtomicBoolean(true), AtomicBoolean::get),
                value(new AtomicReference<>("text"), AtomicReference::get),
                value(new AtomicIntegerArray(new int[] {1, 2}), Object::toString),
                value(adder, LongAdder::sum),
                value(doubles, DoubleAdder::sum),
                value(new StringBuilder("text"), Object::toString),
                value(new StringBuffer("text"), Object::toString),
                value(new BigDecimal("1.2300"), null),
                value(BigInteger.TWO.pow(200), null),
                value(MathContext.DECIMAL64, null),
                value(InetAddress.getByAddress("host", new byte[] {10, 0, 0, 1}), Object::toString),
                value(InetSocketAddress.createUnresolved("host", 80), null),
                value(URI.create("http://host/path?query"), null),
                value(URI.create("http://host/path").toURL(), java.net.URL::toExternalForm),
                value(Path.of("a", "b"), null),
                value(Path.of("").toAbsolutePath(), null),
                value(new File("a"), null),
                value(new Date(5), null),
                value(TimeZone.getTimeZone("Europe/Warsaw"), null),
                value(ZoneId.of("Europe/Warsaw"), null),
                value(new SimpleDateFormat("yyyy", Locale.ROOT), null),
                value(Duration.ofMillis(3), null),
                value(Optional.of(List.of(1)), null),
                value(new Random(5), Random::nextLong),
                value(failure, OrdinaryValuesTest::exception));
    }

    @ParameterizedTest
    @MethodSource("values")
    void itArrivesAsItWas(Object value, @Nullable Function<Object, Object> of) throws Exception {
        engine.push("value", value);
        engine.run(ns -> ns.put("back", ns.get("value")));

        Object copy = engine.pull("back");

        if (of == null) {
            assertThat(copy).isEqualTo(value);
        } else {
            assertThat(of.apply(copy)).isEqualTo(of.apply(value));
        }
    }

    @Test
    void whatDoesNotTellHowItWasMadeIsRefusedWithAdvice() {
        assertThatThrownBy(() -> engine.push("value", List.of(new SplittableRandom(1))))
                .isInstanceOf(NotShippableException.class)
                .hasMessageContaining("[0] (java.util.SplittableRandom)")
                .hasMessageContaining("send a seed, and create it inside the task");
        assertThatThrownBy(() -> engine.push("value", Map.of("key", DateTimeFormatter.ofPattern("yyyy"))))
                .isInstanceOf(NotShippableException.class)
                .hasMessageContaining("[\"key\"] (java.time.format.DateTimeFormatter)")
                .hasMessageContaining("send the pattern and call ofPattern inside the task");
        assertThatThrownBy(() -> engine.push("value", List.of(ByteBuffer.allocateDirect(4))))
                .isInstanceOf(NotShippableException.class)
                .hasMessageContaining("a buffer on the heap");
    }
}
