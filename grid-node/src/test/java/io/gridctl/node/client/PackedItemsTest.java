package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gridctl.CompositeException;
import io.gridctl.MapResult;
import io.gridctl.Reference;
import io.gridctl.TaskFailedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Items and values that travel packed are what they are when each travels by itself. */
@Timeout(60)
class PackedItemsTest extends EitherRoad {

    record Point(
            int x,
            double y,
            @Nullable String label,
            @Nullable Long number) {}

    record Names(String one, String other) {}

    record Nested(Point point) {}

    record Unwelcome(int number) {
        Unwelcome {
            if (number == 3 && Thread.currentThread().getName().startsWith("grid-slot")) {
                throw new IllegalArgumentException("no three here");
            }
        }
    }

    private static List<@Nullable Object> ofAllKinds() {
        List<@Nullable Object> items = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            items.addAll(Arrays.asList(
                    i,
                    (long) i,
                    i / 3.0,
                    i / 3.0f,
                    (short) i,
                    (byte) i,
                    (char) ('a' + i),
                    i % 2 == 0,
                    "text " + i,
                    "\u20ac\ud800" + i,
                    null,
                    List.of(i, "in a list"),
                    new Point(i, -i, i % 3 == 0 ? null : "p" + i, i % 4 == 0 ? null : (long) i),
                    new Point(i, 0.5, "", 1L),
                    new Nested(new Point(i, 1, "nested", null)),
                    new Names("same", "other")));
        }
        return items;
    }

    @Test
    void itemsOfAllKindsGoAndComeBackEqual() throws Exception {
        List<@Nullable Object> items = ofAllKinds();

        assertThat(grid.engines().map(x -> x, items)).isEqualTo(items);
        assertThat(grid.loadBalanced().map(x -> x, items)).isEqualTo(items);
        assertThat(grid.loadBalanced().chunk(7).map(x -> x, items)).isEqualTo(items);
    }

    @Test
    void typesAreTheSameOnTheEngine() throws Exception {
        List<@Nullable Object> items = ofAllKinds();

        List<String> names =
                grid.engines().map(x -> x == null ? "null" : x.getClass().getSimpleName(), items);

        assertThat(names)
                .isEqualTo(items.stream()
                        .map(x -> x == null ? "null" : x.getClass().getSimpleName())
                        .toList());
    }

    @Test
    @SuppressWarnings({"ReferenceEquality", "StringEquality"}) // which object it is, is what is looked at
    void aTextThatIsTwoComponentsOfARecordStaysOne() throws Exception {
        String text = "twice";
        List<Names> records = List.of(new Names(text, text), new Names(text, "other"), new Names(text, text));

        assertThat(grid.engines().map(names -> names.one() == names.other(), records))
                .containsExactly(true, false, true);
    }

    @Test
    void aRecordThatItsConstructorRefusesFailsAlone() {
        List<Unwelcome> items = IntStream.range(1, 8).mapToObj(Unwelcome::new).toList();

        MapResult<Integer> result = grid.engines().mapAsync(Unwelcome::number, items);

        assertThatThrownBy(result::await)
                .isInstanceOfSatisfying(
                        CompositeException.class,
                        failed -> assertThat(failed.failures()).singleElement().satisfies(failure -> {
                            assertThat(failure).isInstanceOf(TaskFailedException.class);
                            assertThat(failure).hasMessageContaining("no three here");
                        }));
    }

    @Test
    void recordsOfReferencesAreStillReferences() throws Exception {
        grid.engines().push("named", 41);

        List<Object> values = grid.engines()
                .map(x -> (Object) ((int) x + 1), List.<Object>of(Reference.to("named"), Reference.to("named")));

        assertThat(values).containsExactly(42, 42);
    }

    @Test
    void manyRecordsComeBackInOrder() throws Exception {
        List<Point> points = IntStream.range(0, 50_000)
                .mapToObj(i -> new Point(i, i, "p" + i, (long) i))
                .toList();

        assertThat(grid.engines().map(p -> new Point(p.x() + 1, p.y(), p.label(), null), points))
                .isEqualTo(points.stream()
                        .map(p -> new Point(p.x() + 1, p.y(), p.label(), null))
                        .toList());
    }
}
