package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gridctl.AsyncResult;
import io.gridctl.CompositeException;
import io.gridctl.DirectView;
import io.gridctl.Distribution;
import io.gridctl.Grid;
import io.gridctl.GridException;
import io.gridctl.NoSuchNameException;
import io.gridctl.NotShippableException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedGrid.class)
@Timeout(60)
class ScatterGatherTest {
    private final Grid grid = SharedGrid.grid();
    private final DirectView all = grid.engines();

    record Point(int x, String label) {}

    @Test
    void gatherAfterScatterIsTheIdentity() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            double[] data = random.doubles(random.nextInt(20)).toArray();
            List<Point> list = IntStream.range(0, random.nextInt(20))
                    .mapToObj(i -> new Point(i, "p" + i))
                    .toList();
            Distribution distribution = random.nextBoolean() ? Distribution.BLOCK : Distribution.CYCLIC;
            DirectView view = random.nextBoolean() ? all : grid.engines(2, 0);
            String what = "seed " + seed + ", round " + round;

            view.scatter("a", data, distribution);
            view.scatter("l", list, distribution.flatten());

            assertThat(view.<double[]>gather("a")).as(what).isEqualTo(data);
            assertThat(view.<List<Point>>gather("l")).as(what).isEqualTo(list);
        }
    }

    @Test
    void eachEngineHasItsPart() throws Exception {
        all.scatter("x", IntStream.range(0, 16).toArray());

        assertThat(all.<int[]>pull("x"))
                .containsExactly(
                        new int[] {0, 1, 2, 3, 4, 5}, new int[] {6, 7, 8, 9, 10}, new int[] {11, 12, 13, 14, 15});
        assertThat(all.apply(ns -> Arrays.stream(ns.<int[]>get("x")).sum())).containsExactly(15, 40, 65);
        assertThat(all.gather("x", int[].class))
                .isEqualTo(IntStream.range(0, 16).toArray());
    }

    @Test
    void withFewerElementsThanEnginesSomeHaveEmptyParts() throws Exception {
        all.scatter("x", List.of("a"));
        all.scatter("y", new long[0]);
        all.scatter("z", new String[] {"a", "b"}, Distribution.CYCLIC.flatten());

        assertThat(all.<List<String>>pull("x")).containsExactly(List.of("a"), List.of(), List.of());
        assertThat(all.<long[]>gather("y")).isEmpty();
        assertThat(all.<Object>pull("z")).containsExactly("a", "b", new String[0]);
        assertThat(all.<String[]>gather("z")).containsExactly("a", "b");
    }

    @Test
    void aCollectionIsScatteredInItsOwnOrder() throws Exception {
        all.scatter("x", new ArrayDeque<>(List.of(3, 1, 2)));

        assertThat(all.<List<Integer>>gather("x")).containsExactly(3, 1, 2);
    }

    @Test
    void partsInPiecesComeBack() throws Exception {
        double[] data = new Random(1).doubles(1_000_000).toArray();

        all.scatter("block", data);
        all.scatter("cyclic", data, Distribution.CYCLIC);

        assertThat(all.<double[]>gather("block")).isEqualTo(data);
        assertThat(all.<double[]>gather("cyclic")).isEqualTo(data);
    }

    @Test
    void gatherGivesWhatEnginesHaveMadeOfTheirParts() throws Exception {
        all.scatter("x", IntStream.range(0, 7).toArray(), Distribution.CYCLIC);

        all.run(ns -> ns.put(
                "x", Arrays.stream(ns.<int[]>get("x")).mapToDouble(x -> x / 2.0).toArray()));

        assertThat(all.<double[]>gather("x")).containsExactly(0, 0.5, 1, 1.5, 2, 2.5, 3);
    }

    @Test
    void gatherGivesWhatTextsHaveMadeOfTheirParts() throws Exception {
        all.scatter("x", IntStream.range(0, 7).toArray(), Distribution.CYCLIC);

        all.execute("for (int i = 0; i < x.length; i++) x[i] = -x[i];");

        assertThat(all.gather("x", int[].class)).containsExactly(0, -1, -2, -3, -4, -5, -6);
    }

    @Test
    void whatEnginesPutThemselvesIsGatheredInTheOrderOfTheView() throws Exception {
        all.run(ns -> ns.put("own", new int[] {ns.engineId(), 10 * ns.engineId()}));
        all.run(ns -> ns.put("id", ns.engineId()));

        assertThat(grid.engines(2, 0, 1).gather("own", int[].class)).containsExactly(2, 20, 0, 0, 1, 10);
        assertThat(grid.engines(2, 1).<List<Integer>>gather("id")).containsExactly(2, 1);
        assertThat(grid.engines(2, 1).gather("id", long[].class)).containsExactly(2, 1);
    }

    @Test
    void aViewOfSomeEnginesGathersAllThatWasScatteredThere() throws Exception {
        all.scatter("x", List.of(1, 2, 3, 4));

        assertThat(grid.engines(1).<List<Integer>>gather("x")).containsExactly(1, 2, 3, 4);
    }

    @Test
    void dataScatteredOverSomeEnginesIsNotThatOfOthers() throws Exception {
        grid.engines(0, 2).scatter("x", List.of(1, 2));
        grid.engines(1).scatter("x", List.of(3));

        assertThat(grid.engines(2, 0).<List<Integer>>gather("x")).containsExactly(1, 2);
        assertThat(grid.engines(1).<List<Integer>>gather("x")).containsExactly(3);
        assertThatThrownBy(() -> all.gather("x"))
                .isInstanceOf(GridException.class)
                .hasMessage(
                        "'x' was scattered more than once, over the engines [0, 2] and [1]: use a view of those of one");
    }

    @Test
    void whatIsScatteredAnewOverFewerEnginesCountsAlone() throws Exception {
        all.scatter("x", List.of(1, 2, 3));
        grid.engines(0, 1).scatter("x", List.of(4, 5));

        assertThat(all.<List<Integer>>gather("x")).containsExactly(4, 5);

        grid.engine(0).push("x", List.of(6));
        assertThat(grid.engines(0, 1).<List<Integer>>gather("x")).containsExactly(6, 5);

        grid.engine(1).push("x", List.of());
        assertThat(grid.engines(0, 1).<List<Integer>>gather("x")).containsExactly(6);
    }

    @Test
    void aNameThatIsMissingOnOneEngineSaysWhich() throws Exception {
        all.scatter("x", List.of(1, 2, 3));
        grid.engine(1).remove("x");

        assertThatThrownBy(() -> all.gather("x"))
                .isInstanceOf(CompositeException.class)
                .hasMessageContaining("1 of 3 failed")
                .hasMessageContaining("engine 1 has no value named 'x'");
        assertThatThrownBy(() -> all.gather("never")).isInstanceOf(NoSuchNameException.class);
    }

    @Test
    void removingTheNameRemovesWhereItsPartsLay() throws Exception {
        all.scatter("x", List.of(1, 2, 3));
        all.remove("x");
        all.run(ns -> ns.put("x", ns.engineId()));

        assertThat(grid.engines(2, 0).<List<Integer>>gather("x")).containsExactly(2, 0);
    }

    @Test
    void scatterAndGatherWithoutWaiting() throws Exception {
        int[] data = {1, 2, 3, 4};
        AsyncResult<?> scattered = all.scatterAsync("x", data);
        data[0] = 99;

        scattered.await();

        AsyncResult<int[]> back = all.gatherAsync("x", int[].class);
        assertThat(back.await()).containsExactly(1, 2, 3, 4);
        assertThat(back.progress().total()).isEqualTo(3);
        assertThat(scattered.progress().done()).isEqualTo(3);
    }

    @Test
    void whatCannotBeScatteredIsRefusedBeforeAnythingIsStored() throws Exception {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> all.scatter("x", 5))
                .withMessageStartingWith("data: a collection or an array can be scattered, not a java.lang.Integer");
        assertThatThrownBy(() -> all.scatter("x", Arrays.asList(1, 2, new Thread("never starts"))))
                .isInstanceOf(NotShippableException.class)
                .hasMessageContaining("part of 'x'");
        assertThatIllegalArgumentException().isThrownBy(() -> all.scatter(" ", List.of()));
        assertThatNullPointerException()
                .isThrownBy(() -> all.scatter("x", null))
                .withMessage("data");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> all.gather("x", String.class))
                .withMessageStartingWith("type: gather gives a list or an array");
        assertThat(grid.engine(0).names()).isEmpty();
    }
}
