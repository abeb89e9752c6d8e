package io.gridctl.node.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Cycles through collections that ask their elements for a hash code or an order, while those are half read. */
@SuppressWarnings({"JdkObsolete", "IdentityHashMapUsage"}) // they are values, too
class CyclesTest {
    private static final PayloadCodec CODEC = new PayloadCodec();

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T carry(Object value) {
        return (T) CODEC.decode(CODEC.encode(value), CyclesTest.class.getClassLoader());
    }

    static final class OwnSet extends HashSet<Object> {
        private static final long serialVersionUID = 1L;
    }

    static final class OwnMap extends HashMap<Object, Object> {
        private static final long serialVersionUID = 1L;
    }

    @SuppressWarnings("unchecked")
    private static <T> Comparator<T> reversed() {
        return (Comparator<T>) Comparator.reverseOrder();
    }

    static List<Supplier<Collection<Object>>> collections() {
        return List.of(
                HashSet::new,
                LinkedHashSet::new,
                TreeSet::new,
                () -> new TreeSet<Object>(CyclesTest.<Object>reversed()),
                PriorityQueue::new,
                PriorityBlockingQueue::new,
                ConcurrentSkipListSet::new,
                ConcurrentHashMap::newKeySet,
                OwnSet::new,
                () -> Collections.newSetFromMap(new HashMap<>()),
                () -> Collections.synchronizedSet(new HashSet<>()),
                () -> Collections.checkedCollection(new HashSet<>(), Object.class));
    }

    @ParameterizedTest
    @MethodSource("collections")
    void aCollectionMayHoldWhatHoldsIt(Supplier<Collection<Object>> maker) {
        Node node = new Node("outer");
        Collection<Object> collection = maker.get();
        collection.add(node);
        Node inner = new Node("inner");
        inner.held = node;
        collection.add(inner);
        node.held = collection;

        Node copy = carry(node);

        Collection<?> copied = (Collection<?>) Objects.requireNonNull(copy.held);
        assertThat(copied).hasSize(2).hasSameClassAs(collection);
        assertThat(copied.contains(copy)).isTrue();
        assertThat(copied.contains(new Node("inner"))).isTrue();
        assertThat(copied.contains(new Node("stranger"))).isFalse();
        assertThat(namesOf(copied)).containsExactlyElementsOf(namesOf(collection));
    }

    private static List<String> namesOf(Collection<?> nodes) {
        return nodes.stream().map(node -> ((Node) node).name).sorted().toList();
    }

    static List<Supplier<Map<Object, Object>>> maps() {
        return List.of(
                HashMap::new,
                LinkedHashMap::new,
                () -> new LinkedHashMap<>(16, 0.75f, true),
                TreeMap::new,
                () -> new TreeMap<Object, Object>(CyclesTest.<Object>reversed()),
                Hashtable::new,
                OwnMap::new,
                ConcurrentHashMap::new,
                ConcurrentSkipListMap::new,
                () -> Collections.synchronizedMap(new HashMap<>()),
                () -> Collections.checkedMap(new HashMap<>(), Object.class, Object.class));
    }

    @ParameterizedTest
    @MethodSource("maps")
    void aMapMayHaveKeysThatHoldIt(Supplier<Map<Object, Object>> maker) {
        Node node = new Node("outer");
        Member member = new Member(node);
        Map<Object, Object> map = maker.get();
        map.put(member, "value");
        map.put(new Member(new Node("inner")), node);
        node.held = map;

        Node copy = carry(node);

        Map<?, ?> copied = (Map<?, ?>) Objects.requireNonNull(copy.held);
        assertThat(copied).hasSize(2).hasSameClassAs(map);
        assertThat(copied.get(new Member(copy))).isEqualTo("value");
        assertThat(copied.get(new Member(new Node("inner")))).isSameAs(copy);
        assertThat(copied.keySet().stream().map(each -> ((Member) each).of.name).toList())
                .containsExactlyElementsOf(map.keySet().stream()
                        .map(each -> ((Member) each).of.name)
                        .toList());
    }

    @Test
    void immutableCollectionsMayHoldWhatHoldsThem() {
        Node node = new Node("outer");
        node.held = Set.of(node, new Node("inner"));
        node.alsoHeld = Map.of(new Member(node), List.of(node), "plain", 1);

        Node copy = carry(node);

        Set<?> set = (Set<?>) Objects.requireNonNull(copy.held);
        Map<?, ?> map = (Map<?, ?>) Objects.requireNonNull(copy.alsoHeld);
        assertThat(set).hasSize(2).hasSameClassAs(node.held);
        assertThat(set.contains(copy)).isTrue();
        assertThat(set.contains(new Node("inner"))).isTrue();
        assertThat((List<?>) Objects.requireNonNull(map.get(new Member(copy))))
                .hasSize(1)
                .first()
                .isSameAs(copy);
        assertThat(map.get("plain")).isEqualTo(1);
    }

    @Test
    void anIdentityMapMayHaveKeysThatHoldIt() {
        Node node = new Node("outer");
        Map<Object, Object> map = new IdentityHashMap<>();
        map.put(node, new Node("outer"));
        node.held = map;

        Node copy = carry(node);

        assertThat((Map<?, ?>) Objects.requireNonNull(copy.held)).hasSize(1).isInstanceOf(IdentityHashMap.class);
        assertThat(((Map<?, ?>) copy.held).get(copy)).isEqualTo(new Node("outer"));
    }

    /** The hash code of a set is part of its elements' elements: the inner sets must be filled first. */
    @Test
    void aSetInASetIsFilledFromTheInside() {
        Node node = new Node("outer");
        Set<Object> inner = new HashSet<>(Set.of(node, new Node("other")));
        Set<Object> middle = new HashSet<>(Set.of(inner, new Member(node)));
        node.held = new HashSet<>(Set.of(middle, node));

        Node copy = carry(node);

        assertThat(copy.held).isEqualTo(node.held);
        assertThat(((Set<?>) Objects.requireNonNull(copy.held)).contains(middle))
                .isTrue();
    }

    /** A set's hash code that is read by an element of a set inside it: the outer one must be filled first. */
    static final class OfSet {
        private @Nullable Set<Object> set;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof OfSet of && Objects.equals(set, of.set);
        }

        @Override
        public int hashCode() {
            return Objects.hashCode(set);
        }
    }

    @Test
    void aSetInsideMayNeedTheOneAround() {
        Node around = new Node("around");
        Node named = new Node("named");
        Set<Object> outer = new HashSet<>(Set.of(around, named));
        OfSet reading = new OfSet();
        reading.set = outer;
        around.held = new HashSet<>(Set.of(reading, new Node("third")));

        Set<Object> copy = carry(outer);

        Node copied = copy.stream()
                .map(Node.class::cast)
                .filter(each -> each.held != null)
                .findFirst()
                .orElseThrow();
        OfSet equal = new OfSet();
        equal.set = outer;
        assertThat(((Set<?>) Objects.requireNonNull(copied.held)).contains(equal))
                .isTrue();
    }

    /** An object that was read before, but refers to one that is not whole, is not whole either. */
    @Test
    void whatWasReadBeforeMayDependOnWhatIsNotWhole() {
        Node node = new Node("outer");
        Member member = new Member(node);
        node.held = member;
        node.alsoHeld = new HashSet<>(Set.of(member));

        Node copy = carry(node);

        assertThat(((Set<?>) Objects.requireNonNull(copy.alsoHeld)).contains(new Member(copy)))
                .isTrue();
    }

    record Ring(List<Object> items, Set<Object> set, Object[] array, ArrayDeque<Object> queue) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Ring ring && array.length == ring.array.length;
        }

        @Override
        public int hashCode() {
            return array.length;
        }
    }

    @Test
    void aRecordMayBeInTheCollectionsThatItHas() {
        Ring ring = new Ring(new ArrayList<>(), new HashSet<>(), new Object[2], new ArrayDeque<>());
        ring.items().addAll(Arrays.asList("first", ring, null));
        ring.set().add(ring);
        ring.array()[1] = ring;
        ring.queue().add(ring);

        Ring copy = carry(ring);

        assertThat(copy.items()).hasSize(3).startsWith("first").last().isNull();
        assertThat(copy.items().get(1)).isSameAs(copy);
        assertThat(copy.set().iterator().next()).isSameAs(copy);
        assertThat(copy.set().contains(copy)).isTrue();
        assertThat(copy.array()[0]).isNull();
        assertThat(copy.array()[1]).isSameAs(copy);
        assertThat(copy.queue().peek()).isSameAs(copy);
    }

    record Copying(Set<Object> set) {
        Copying {
            set = Set.copyOf(set);
        }
    }

    @Test
    void aRecordMayCopyTheCollectionsThatItIsGiven() {
        Node node = new Node("outer");
        node.held = new Copying(new HashSet<>(Set.of(node)));
        node.alsoHeld = new Counting(new HashSet<>(Set.of(node)), 1);

        Node copy = carry(node);

        assertThat(((Copying) Objects.requireNonNull(copy.held)).set().contains(copy))
                .isTrue();
        assertThat(((Counting) Objects.requireNonNull(copy.alsoHeld)).set().contains(copy))
                .isTrue();
    }

    /** Its constructor looks into what it is given, and keeps it. */
    record Counting(Set<Object> set, int size) {
        Counting {
            if (set.size() != size) {
                throw new IllegalArgumentException("not " + size);
            }
        }
    }

    interface Source extends Supplier<Object>, Serializable {}

    /** Neither a function, an entry, an exception nor a record is there before what it holds was read. */
    @Test
    void whatIsMadeOfItsPartsMayHoldWhatIsMadeLater() {
        Node node = new Node("outer");
        Set<Object> made = Set.of(node);
        Source source = () -> made;
        node.held = List.of(Map.entry("key", made), new IllegalStateException("thrown", new Thrown(made)));
        node.alsoHeld = source;

        Node copy = carry(node);

        Object set = ((Source) Objects.requireNonNull(copy.alsoHeld)).get();
        assertThat(((Set<?>) set).contains(copy)).isTrue();
        List<?> held = (List<?>) Objects.requireNonNull(copy.held);
        assertThat(((Map.Entry<?, ?>) held.get(0)).getValue()).isSameAs(set);
        assertThat(((Set<?>) ((Thrown) ((Exception) held.get(1)).getCause()).held).contains(copy))
                .isTrue();
    }

    static final class Thrown extends Exception {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // it is written in our own way
        private final Object held;

        Thrown(Object held) {
            this.held = held;
        }
    }
}
