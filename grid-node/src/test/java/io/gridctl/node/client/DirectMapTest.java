package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gridctl.CompositeException;
import io.gridctl.DirectView;
import io.gridctl.MapResult;
import io.gridctl.Namespace;
import io.gridctl.NotShippableException;
import io.gridctl.Progress;
import io.gridctl.TaskFailedException;
import io.gridctl.function.RemoteFunction;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DirectMapTest extends EitherRoad {

    record Point(int x, String label) {}

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    @Test
    void valuesComeInTheOrderOfTheItems() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 30; round++) {
            List<Point> points = numbers(random.nextInt(60)).stream()
                    .map(x -> new Point(x, "p" + x))
                    .toList();
            DirectView view = random.nextBoolean() ? all : grid.engines(2, 0);

            List<String> labels = view.map(Point::label, points);

            assertThat(labels)
                    .as("seed " + seed + ", round " + round)
                    .isEqualTo(points.stream().map(Point::label).toList());
        }
    }

    @Test
    void eachEngineRunsNeighbours() throws Exception {
        List<Integer> engines = all.map(x -> Namespace.current().engineId(), numbers(8));

        assertThat(engines).containsExactly(0, 0, 0, 1, 1, 1, 2, 2);
        assertThat(grid.engines(2, 1).map(x -> Namespace.current().engineId(), numbers(3)))
                .containsExactly(2, 2, 1);
    }

    @Test
    void manyItemsComeBackInOrder() throws Exception {
        List<Integer> numbers = numbers(200_000);

        assertThat(all.map(x -> x + 1L, numbers))
                .isEqualTo(numbers.stream().map(x -> x + 1L).toList());
    }

    @Test
    void heavyItemsComeBackInOrder() throws Exception {
        List<byte[]> heavy =
                numbers(60).stream().map(x -> new byte[200_000 + x]).toList();

        assertThat(all.map(x -> x.length, heavy))
                .isEqualTo(heavy.stream().map(x -> x.length).toList());
    }

    @Test
    void twoInputsGoInStepAsFarAsBothGo() throws Exception {
        assertThat(all.<Integer, String, String>map((x, y) -> y + x, numbers(5), List.of("a", "b", "c")))
                .containsExactly("a0", "b1", "c2");
    }

    @Test
    void aFunctionGetsItsWholePartAtOnce() throws Exception {
        assertThat(all.parallel(
                        part -> Arrays.stream(part).sum(),
                        IntStream.range(0, 16).toArray()))
                .containsExactly(15, 40, 65);
        assertThat(all.<List<Integer>, List<Integer>>parallel(part -> part, numbers(2)))
                .containsExactly(List.of(0), List.of(1), List.of());
        assertThat(all.parallelAsync(part -> part.length, new String[4]).byEngine())
                .containsEntry(0, 2)
                .containsEntry(2, 1);
    }

    @Test
    void arraysOfNumbersAreMappedWithoutBoxes() throws Exception {
        int[] numbers = IntStream.range(0, 100_000).toArray();

        assertThat(all.map(x -> x + 1, numbers))
                .isEqualTo(IntStream.rangeClosed(1, 100_000).toArray());
        assertThat(all.map(x -> x * x, new long[] {3, 1L << 20})).containsExactly(9, 1L << 40);
        assertThat(all.map(x -> x / 2, new double[] {1})).containsExactly(0.5);
        assertThat(all.map(x -> x, new int[0])).isEmpty();
    }

    @Test
    void aFailedElementOfAnArrayIsToldWithItsIndexAndItsEngine() {
        int[] numbers = IntStream.range(0, 12).toArray();

        assertThatThrownBy(() -> all.map(x -> 10 / (x % 7), numbers))
                .isInstanceOfSatisfying(
                        CompositeException.class,
                        e -> assertThat(e.failures())
                                .extracting(failure -> ((TaskFailedException) failure).item())
                                .containsExactly(OptionalLong.of(0), OptionalLong.of(7)))
                .hasMessageContaining("item 7, engine 1");
    }

    @Test
    void aFailedItemIsToldWithItsIndexAndItsEngine() {
        MapResult<Integer> result = all.mapAsync(
                x -> {
                    if (x % 4 == 3) {
                        throw new IllegalStateException("bad " + x);
                    }
                    return x;
                },
                numbers(12));

        assertThatThrownBy(result::await).isInstanceOfSatisfying(CompositeException.class, e -> {
            assertThat(e.items()).containsExactly(3L, 7L, 11L);
            assertThat(e.parts()).isEqualTo(12);
            assertThat(e.failures())
                    .extracting(failure -> ((TaskFailedException) failure).engineId())
                    .containsExactly(0, 1, 2);
            assertThat(e).hasMessageContaining("bad 7");
        });
        assertThat(result.tasks()).hasSize(12);
    }

    @Test
    void whatOtherItemsGaveIsThereThoughOneFailed() throws Exception {
        MapResult<Integer> result = all.mapAsync(x -> 10 / x, numbers(4));

        List<MapResult.Settled<Integer>> settled = result.settled();

        assertThat(settled.get(0).failure()).isPresent();
        assertThat(settled.subList(1, 4)).extracting(MapResult.Settled::value).containsExactly(10, 5, 3);
    }

    @Test
    void resultsArriveBeforeAllItemsHaveRun() throws Exception {
        Gate gate = Gate.closed();
        MapResult<Integer> result = all.mapAsync(
                x -> {
                    if (x == 29) {
                        gate.pass();
                    }
                    return x;
                },
                numbers(30));

        List<Integer> early =
                result.asCompleted().limit(20).map(MapResult.Item::value).toList();

        assertThat(early).doesNotContain(29).doesNotHaveDuplicates();
        await().until(() -> result.progress().done() >= 20 && gate.arrived() == 1);
        assertThat(result.isDone()).isFalse();
        gate.open();
        assertThat(result.await()).isEqualTo(numbers(30));
        assertThat(result.progress()).isEqualTo(new Progress(30, 30));
    }

    @Test
    void cancellingInterruptsWhatRunsAndDropsTheRest() throws Exception {
        Gate gate = Gate.closed();
        MapResult<Integer> result = all.mapAsync(
                x -> {
                    gate.pass();
                    return x;
                },
                numbers(300));
        await().until(() -> gate.arrived() == SharedGrid.ENGINES);

        assertThat(result.cancel(true)).isTrue();

        assertThatThrownBy(result::await).isInstanceOf(CancellationException.class);
        await().until(() -> gate.interrupted() == SharedGrid.ENGINES);
        await().until(SharedGrid::isIdle);
        assertThat(gate.arrived()).isEqualTo(SharedGrid.ENGINES);
    }

    @Test
    void anEmptyCollectionHasNoValues() throws Exception {
        assertThat(all.map(x -> x, List.of())).isEmpty();
        assertThat(all.map(x -> x, new TreeSet<>(List.of(3, 1, 2)))).containsExactly(1, 2, 3);
    }

    @Test
    void itemsAreTakenAsTheyAreWhenTheCallReturns() throws Exception {
        Gate gate = Gate.closed();
        int[] item = {1};
        MapResult<Integer> result = all.mapAsync(
                x -> {
                    gate.pass();
                    return x[0];
                },
                List.of(item));
        item[0] = 2;
        gate.open();

        assertThat(result.await()).containsExactly(1);
    }

    @Test
    void whatCannotBeMappedIsRefusedBeforeAnythingIsSent() {
        assertThatThrownBy(() -> all.map(x -> x, Arrays.asList(1, new Thread("never starts"))))
                .isInstanceOf(NotShippableException.class)
                .hasMessageContaining("item");
        assertThatNullPointerException()
                .isThrownBy(() -> all.mapAsync((RemoteFunction<Object, Object>) null, List.of()))
                .withMessage("code");
    }
}
