package io.gridctl.node.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Graphs of nodes that hold collections of nodes, members, pairs and collections. */
@SuppressWarnings("IdentityHashMapUsage") // it tells what was seen
class RandomGraphsTest {
    private static final PayloadCodec CODEC = new PayloadCodec();
    private static final int GRAPHS = 3_000;

    @Test
    void anyGraphArrivesWithItsCollectionsInOrder() {
        for (int seed = 0; seed < GRAPHS; seed++) {
            Random random = new Random(seed);
            List<Node> nodes = IntStream.range(0, 1 + random.nextInt(6))
                    .mapToObj(i -> new Node("node " + i))
                    .toList();
            for (Node node : nodes) {
                node.held = random(random, nodes, 3);
                node.alsoHeld = random(random, nodes, 3);
            }
            Object value = random.nextBoolean() ? new ArrayList<>(nodes) : nodes.get(0);

            Object copy = CODEC.decode(CODEC.encode(value), RandomGraphsTest.class.getClassLoader());

            new Comparison("graph " + seed).same(value, copy);
        }
    }

    private static @Nullable Object random(Random random, List<Node> nodes, int depth) {
        Node node = nodes.get(random.nextInt(nodes.size()));
        if (depth == 0) {
            return random.nextBoolean() ? node : new Member(node);
        }
        return switch (random.nextInt(9)) {
            case 0 -> node;
            case 1 -> random.nextBoolean() ? new Member(node) : new Pair(node, random(random, nodes, depth - 1));
            case 2 -> fill(random, nodes, depth, new HashSet<>());
            case 3 -> fill(random, nodes, depth, new LinkedHashSet<>());
            case 4 -> fill(random, nodes, depth, new ArrayList<>());
            case 5 -> Collections.unmodifiableCollection(fill(random, nodes, depth, new ArrayDeque<>()));
            case 6 -> {
                Map<Object, Object> map = random.nextBoolean() ? new HashMap<>() : new ConcurrentHashMap<>();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    map.put(key(random, nodes), random(random, nodes, depth - 1));
                }
                yield map;
            }
            case 7 ->
                new TreeSet<>(fill(random, nodes, 0, new HashSet<>()).stream()
                        .filter(Node.class::isInstance)
                        .toList());
            default -> Stream.of(key(random, nodes), key(random, nodes)).collect(Collectors.toUnmodifiableSet());
        };
    }

    private static Object key(Random random, List<Node> nodes) {
        Node node = nodes.get(random.nextInt(nodes.size()));
        return switch (random.nextInt(3)) {
            case 0 -> node;
            case 1 -> new Member(node);
            default -> Set.of(node, new Member(node));
        };
    }

    /** Elements of sets are such that their hash codes end: nodes, members, and small sets of them. */
    private static Collection<Object> fill(Random random, List<Node> nodes, int depth, Collection<Object> collection) {
        boolean hashes = collection instanceof Set;
        for (int i = random.nextInt(3); i >= 0; i--) {
            Object element = hashes || depth == 0 ? key(random, nodes) : random(random, nodes, depth - 1);
            collection.add(Objects.requireNonNull(element));
        }
        return collection;
    }

    /** Walks two graphs at once: the same shapes, the same sharing, and collections that find what is in them. */
    private static final class Comparison {
        private final String what;
        private final Map<Object, Object> seen = new IdentityHashMap<>();

        Comparison(String what) {
            this.what = what;
        }

        void same(@Nullable Object one, @Nullable Object other) {
            if (one == null || one instanceof String) {
                assertThat(other).as(what).isEqualTo(one);
                return;
            }
            assertThat(other).as(what).hasSameClassAs(one);
            Object before = seen.putIfAbsent(one, Objects.requireNonNull(other));
            if (before != null) {
                assertThat(other).as(what).isSameAs(before);
            } else if (one instanceof Node node) {
                Node copy = (Node) other;
                assertThat(copy.name).as(what).isEqualTo(node.name);
                same(node.held, copy.held);
                same(node.alsoHeld, copy.alsoHeld);
            } else if (one instanceof Member member) {
                same(member.of, ((Member) other).of);
            } else if (one instanceof Pair pair) {
                same(pair.node(), ((Pair) other).node());
                same(pair.other(), ((Pair) other).other());
            } else if (one instanceof Map<?, ?> map) {
                elements(map.keySet(), ((Map<?, ?>) other).keySet(), key -> ((Map<?, ?>) other).containsKey(key));
                map.forEach((key, value) -> same(value, ((Map<?, ?>) other).get(key)));
            } else {
                Collection<?> copy = (Collection<?>) other;
                elements((Collection<?>) one, copy, copy instanceof Set ? copy::contains : element -> true);
            }
        }

        private void elements(Collection<?> ones, Collection<?> others, Function<Object, Boolean> contains) {
            assertThat(others).as(what).hasSameSizeAs(ones);
            for (Object each : others) {
                assertThat(contains.apply(each)).as(what).isTrue();
            }
            if (!(ones instanceof Set)) {
                List<Object> expected = new ArrayList<>(ones);
                List<Object> copies = new ArrayList<>(others);
                for (int i = 0; i < expected.size(); i++) {
                    same(expected.get(i), copies.get(i));
                }
            } else {
                ones.forEach(each -> same(
                        each, others.stream().filter(each::equals).findFirst().orElseThrow()));
            }
        }
    }
}
