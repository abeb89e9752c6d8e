package io.gridctl.node.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@SuppressWarnings({"UnusedVariable", "ArrayRecordComponent"}) // fields and arrays are here to be carried
class PayloadCodecTest {
    private static final PayloadCodec CODEC = new PayloadCodec();

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T carry(@Nullable Object value) {
        return (T) CODEC.decode(CODEC.encode(value), PayloadCodecTest.class.getClassLoader());
    }

    record Point(int x, int y) {}

    record Labelled<T>(String label, T value, int @Nullable [] data) {}

    record Checked(int value) {
        Checked {
            if (value < 0) {
                throw new IllegalArgumentException("negative");
            }
        }
    }

    @Test
    void recordsNeedNotBeSerializable() {
        Labelled<Point> copy = carry(new Labelled<>("a", new Point(1, -2), new int[] {7}));

        assertThat(copy.value()).isEqualTo(new Point(1, -2));
        assertThat(copy.data()).containsExactly(7);
        assertThat(PayloadCodecTest.<Checked>carry(new Checked(3))).isEqualTo(new Checked(3));
    }

    static class Base {
        private final int id;
        protected boolean ready = true;

        Base(int id) {
            this.id = id;
        }
    }

    static final class Node extends Base {
        private @Nullable Node next;
        private final List<Object> others = new ArrayList<>();
        private final Object lock = new Object();
        private transient String cache = "cached";
        private final long[] big = new long[10_000];
        private double weight = 0.25;
        private char sign = 'x';
        private short small = -4;
        private byte tiny = 5;
        private float half = .5f;
        private long wide = -6;

        Node(int id) {
            super(id);
        }
    }

    @Test
    void anOrdinaryObjectKeepsItsFieldsSharingAndCycles() {
        Node first = new Node(1);
        Node second = new Node(2);
        first.next = second;
        second.next = first;
        first.others.add(second);
        first.others.add(first.others);
        first.big[9_999] = 12;
        first.ready = false;
        first.weight = 2;

        Node copy = carry(first);

        assertThat(((Base) copy).id).isEqualTo(1);
        assertThat(copy.ready).isFalse();
        Node next = copy.next;
        assertThat(next).isNotNull();
        assertThat(next.next).isSameAs(copy);
        assertThat(copy.others.get(0)).isSameAs(next);
        assertThat(copy.others.get(1)).isSameAs(copy.others);
        assertThat(copy.big[9_999]).isEqualTo(12);
        assertThat(copy.lock).isNotNull();
        assertThat(copy.cache).isNull();
        assertThat(new Object[] {copy.weight, copy.sign, copy.small, copy.tiny, copy.half, copy.wide})
                .containsExactly(2.0, 'x', (short) -4, (byte) 5, .5f, -6L);
    }

    @Test
    void aLongChainOfObjectsTravels() {
        Chain chain = Chain.of(100_000);

        Chain copy = carry(chain);

        assertThat(copy.length()).isEqualTo(100_000);
    }

    static final class Chain {
        @Nullable
        Chain next;

        static Chain of(int length) {
            Chain chain = new Chain();
            for (int i = 1; i < length; i++) {
                Chain head = new Chain();
                head.next = chain;
                chain = head;
            }
            return chain;
        }

        int length() {
            int length = 0;
            for (Chain each = this; each != null; each = each.next) {
                length++;
            }
            return length;
        }
    }

    enum Shape {
        ROUND {
            @Override
            int corners() {
                return 0;
            }
        },
        SQUARE {
            @Override
            int corners() {
                return 4;
            }
        };

        abstract int corners();
    }

    @Test
    void enumConstantsStaySingletons() {
        assertThat(PayloadCodecTest.<Shape>carry(Shape.SQUARE)).isSameAs(Shape.SQUARE);
        assertThat(PayloadCodecTest.<List<Shape>>carry(List.of(Shape.ROUND, Shape.SQUARE)))
                .containsExactly(Shape.ROUND, Shape.SQUARE);
        assertThat(PayloadCodecTest.<Map<Shape, Integer>>carry(new EnumMap<>(Map.of(Shape.ROUND, 1))))
                .containsEntry(Shape.ROUND, 1);
    }

    static final class OddException extends Exception {
        private static final long serialVersionUID = 1L;

        private final Point where;

        OddException(String message, Point where, Throwable cause) {
            super(message, cause);
            this.where = where;
        }
    }

    @Test
    void exceptionsKeepFieldsStackCauseAndSuppressed() {
        OddException thrown = new OddException("odd", new Point(1, 2), new IOException("io"));
        thrown.addSuppressed(new OddException("inner", new Point(3, 4), new IllegalStateException("state")));

        OddException copy = carry(thrown);

        assertThat(copy).hasMessage("odd").hasCauseInstanceOf(IOException.class);
        assertThat(copy.where).isEqualTo(new Point(1, 2));
        assertThat(copy.getStackTrace()).isEqualTo(thrown.getStackTrace());
        assertThat(copy.getSuppressed()).hasSize(1);
        assertThat(((OddException) copy.getSuppressed()[0]).where).isEqualTo(new Point(3, 4));
        assertThat(copy.getSuppressed()[0]).hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void aListOfFunctionsOrExceptionsTravels() {
        Fun<Integer, Integer> function = x -> x + 1;
        List<Fun<Integer, Integer>> functions = carry(new ArrayList<>(List.of(function, function)));
        List<Exception> exceptions = carry(new ArrayList<>(List.of(new IOException("a"), new IOException("b"))));
        List<List<Integer>> lists = carry(new ArrayList<>(List.of(List.of(1, 2), List.of(3, 4))));

        assertThat(functions.get(1).apply(1)).isEqualTo(2);
        assertThat(functions.get(0)).isSameAs(functions.get(1));
        assertThat(exceptions.get(1)).hasMessage("b");
        assertThat(lists).containsExactly(List.of(1, 2), List.of(3, 4));
    }

    static final class Celsius implements Serializable {
        private static final long serialVersionUID = 1L;

        private double degrees;
        private transient double kelvin;

        Celsius(double degrees) {
            this.degrees = degrees;
            this.kelvin = degrees + 273;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            kelvin = degrees + 273;
        }
    }

    static final class Bag extends ArrayList<Object> {
        private static final long serialVersionUID = 1L;

        private final Point origin = new Point(5, 6);
    }

    static final class Unit implements Serializable {
        private static final long serialVersionUID = 1L;
        static final Unit INSTANCE = new Unit();

        private Object readResolve() {
            return INSTANCE;
        }
    }

    @Test
    void aClassWithItsOwnSerializedFormUsesIt() {
        Bag bag = new Bag();
        bag.add(new Point(1, 2));
        bag.add("x");

        Bag copy = carry(bag);

        assertThat(PayloadCodecTest.<Celsius>carry(new Celsius(10)).kelvin).isEqualTo(283);
        assertThat(PayloadCodecTest.<Unit>carry(Unit.INSTANCE)).isSameAs(Unit.INSTANCE);
        assertThat(copy).containsExactly(new Point(1, 2), "x");
        assertThat(copy.origin).isEqualTo(new Point(5, 6));
    }

    interface Fun<A, R> extends Function<A, R>, Serializable {}

    @Test
    void functionsTravelWithWhatTheyCapture() {
        int factor = 3;
        Point point = new Point(4, 5);
        Fun<Integer, Integer> inner = x -> x * factor;
        Fun<Integer, String> outer = x -> inner.apply(x) + point.toString();
        Fun<String, Integer> unbound = String::length;
        Fun<Integer, Character> bound = "hello"::charAt;
        Fun<String, StringBuilder> constructor = StringBuilder::new;

        assertThat(PayloadCodecTest.<Fun<Integer, String>>carry(outer).apply(2)).isEqualTo("6Point[x=4, y=5]");
        assertThat(PayloadCodecTest.<Fun<String, Integer>>carry(unbound).apply("abc"))
                .isEqualTo(3);
        assertThat(PayloadCodecTest.<Fun<Integer, Character>>carry(bound).apply(1))
                .isEqualTo('e');
        assertThat(PayloadCodecTest.<Fun<String, StringBuilder>>carry(constructor)
                        .apply("a"))
                .hasToString("a");
    }

    @Test
    void aComparatorMadeByTheJdkTravelsWithTheFunctionInIt() {
        Fun<Point, Integer> key = Point::x;

        Comparator<Point> copy = carry(Comparator.comparing(key).reversed());

        assertThat(copy.compare(new Point(1, 0), new Point(2, 0))).isPositive();
    }

    final class Inner {
        private final int own = 7;

        int sum() {
            return own + outerField;
        }
    }

    private int outerField = 30;

    @Test
    void innerLocalAndAnonymousObjectsTravelWithWhatSurroundsThem() {
        outerField = 40;
        int local = 2;
        Supplier<Integer> anonymous = new Supplier<>() {
            @Override
            public Integer get() {
                return local + outerField;
            }
        };

        assertThat(PayloadCodecTest.<Inner>carry(new Inner()).sum()).isEqualTo(47);
        assertThat(PayloadCodecTest.<Supplier<Integer>>carry(anonymous).get()).isEqualTo(42);
    }

    static final class Self {
        private final int base = 10;
        private @Nullable Fun<Integer, Integer> add;

        Fun<Integer, Integer> add() {
            Fun<Integer, Integer> function = x -> x + base;
            add = function;
            return function;
        }
    }

    record Ring(List<Object> items) {}

    @Test
    void aFunctionMayCaptureTheObjectThatHoldsIt() {
        Fun<Integer, Integer> copy = carry(new Self().add());

        assertThat(copy.apply(5)).isEqualTo(15);
    }

    @Test
    void aCycleThatCannotBeRebuiltIsReportedRatherThanBroken() {
        Ring ring = new Ring(new ArrayList<>());
        ring.items().add(Optional.of(ring));

        assertThatThrownBy(() -> carry(ring))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("cycle");
    }

    @Test
    void theClassesThatAReaderNeedsAreReported() {
        Set<Class<?>> classes = new java.util.HashSet<>();
        Fun<Integer, Point> function = x -> new Point(x, x);

        CODEC.encode("value", List.of(new Labelled<>("a", new Shape[] {Shape.ROUND}, null), function), classes::add);

        assertThat(classes).containsExactlyInAnyOrder(Labelled.class, Shape.class, PayloadCodecTest.class);
    }

    @Test
    void aMissingClassIsNamed() {
        byte[] bytes = CODEC.encode(new Point(1, 2));
        ClassLoader empty = new ClassLoader(null) {};

        assertThatThrownBy(() -> CODEC.decode(bytes, empty))
                .isInstanceOfSatisfying(
                        PayloadException.class,
                        e -> assertThat(e.missingClass()).contains(Point.class.getName()))
                .hasMessage("The value needs the class " + Point.class.getName() + ", which the reader does not have.");
    }

    @Test
    void aMillionNumbersTakeThreeOrFourBytesEach() {
        List<Integer> list =
                new ArrayList<>(IntStream.range(0, 1_000_000).boxed().toList());

        byte[] bytes = CODEC.encode(list);

        assertThat(bytes.length).isLessThan(4_200_000);
        assertThat(CODEC.decode(bytes, getClass().getClassLoader())).isEqualTo(list);
    }
}
