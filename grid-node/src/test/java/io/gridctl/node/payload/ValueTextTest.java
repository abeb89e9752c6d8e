package io.gridctl.node.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.function.RemoteCallable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValueTextTest {
    private static boolean codeRan;

    enum Kind {
        PLAIN,
        WITH_BODY {
            @Override
            public String toString() {
                return "unseen";
            }
        }
    }

    record Point(int x, double y) {
        Point {
            codeRan |= x == 77;
        }
    }

    static class Base {
        final long number = 5;
        transient String skipped = "not written";
    }

    static class Node extends Base implements Comparable<Node> {
        private final String name;

        @Nullable
        Object next;

        Node(String name) {
            this.name = name;
        }

        @Override
        public int compareTo(Node other) {
            return name.compareTo(other.name);
        }

        @Override
        public String toString() {
            codeRan = true;
            return "mine";
        }
    }

    static class Trouble extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private static String text(@Nullable Object value) {
        return ValueText.of(new PayloadCodec().encode(value), ValueTextTest::classFile)
                .orElse("(no text)");
    }

    private static Optional<byte[]> classFile(String className) {
        try (InputStream in = ValueTextTest.class.getResourceAsStream("/" + className.replace('.', '/') + ".class")) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String named(String type) {
        return ValueTextTest.class.getName() + "$" + type;
    }

    @Test
    void fieldsAreShownWithoutRunningTheirCode() {
        Point point = new Point(77, 0.5);
        codeRan = false;
        Node node = new Node("n");
        node.next = List.of(point, Kind.WITH_BODY);

        assertThat(text(node))
                .isEqualTo(named("Node") + "(number=5, name=\"n\", next=[" + named("Point") + "(x=77, y=0.5), "
                        + named("Kind") + ".WITH_BODY])");
        assertThat(codeRan).isFalse();
    }

    @Test
    void cyclesEnd() {
        Node node = new Node("n");
        node.next = new Object[] {node, Map.of("k", Kind.PLAIN)};

        assertThat(text(node))
                .isEqualTo(
                        named("Node") + "(number=5, name=\"n\", next=[(itself), {\"k\"=" + named("Kind") + ".PLAIN}])");
    }

    @Test
    void functionsAndClassesAreNamed() {
        int captured = 4;
        RemoteCallable<Integer> function = () -> captured;

        assertThat(text(List.of(function, Point.class)))
                .isEqualTo("[a function of " + ValueTextTest.class.getName() + "(captured value 1=4), " + named("Point")
                        + ".class]");
    }

    @Test
    void valuesOfTheJdkAreThemselves() {
        assertThat(text(new int[] {1, 2})).isEqualTo("[1, 2]");
        assertThat(text(null)).isEqualTo("null");
        assertThat(text(List.of(Optional.of(3), "s"))).isEqualTo("[Optional[3], \"s\"]");
    }

    @Test
    void whatCannotBeToldWithoutTheClassesHasNoText() {
        assertThat(text(new TreeSet<>(List.of(new Node("a"), new Node("b"))))).isEqualTo("(no text)");
        assertThat(ValueText.of(new PayloadCodec().encode(new Point(1, 2)), name -> Optional.empty()))
                .isEmpty();
    }

    @Test
    void anObjectThatWritesItselfIsNamed() {
        assertThat(text(new Trouble())).startsWith(named("Trouble"));
    }
}
