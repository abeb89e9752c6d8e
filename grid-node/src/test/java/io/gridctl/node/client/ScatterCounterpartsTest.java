package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gridctl.AsyncResult;
import io.gridctl.DirectView;
import io.gridctl.MapResult;
import io.gridctl.NoSuchNameException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What ipyparallel's tests of a direct view's collections show, shown here. A method without a class is in this one.
 *
 * <table>
 * <caption>test_view.py: scatter, gather and map</caption>
 * <tr><td>test_scatter_gather</td><td>aListComesBackAndAMissingNameIsToldByItsName</td></tr>
 * <tr><td>test_scatter_gather_numpy</td><td>anArrayComesBack, {@link ScatterGatherTest}.gatherAfterScatterIsTheIdentity
 *     </td></tr>
 * <tr><td>test_scatter_gather_lazy</td><td>aViewOfAllEnginesLooksForThemWhenTheCallBegins</td></tr>
 * <tr><td>test_scatter_gather_nonblocking, test_scatter_gather_numpy_nonblocking</td>
 *     <td>{@link ScatterGatherTest}.scatterAndGatherWithoutWaiting</td></tr>
 * <tr><td>test_scatter_tracked, test_push_tracked</td><td>does not apply: what {@code scatterAsync} and
 *     {@code pushAsync} are given may be changed when they have returned ({@link ScatterGatherTest}
 *     .scatterAndGatherWithoutWaiting)</td></tr>
 * <tr><td>test_apply_numpy, test_apply_numpy_object_dtype, test_push_pull_recarray</td>
 *     <td>{@link PushPullTest}.whatIsPushedIsPulled: arrays of every type, and of records</td></tr>
 * <tr><td>test_map</td><td>aMapHasAsManyValuesAsItems</td></tr>
 * <tr><td>test_map_empty_sequence</td><td>{@link DirectMapTest}.anEmptyCollectionHasNoValues</td></tr>
 * <tr><td>test_map_iterable</td><td>itemsOfAnIteratorAreMappedInTheirOrder</td></tr>
 * <tr><td>test_map_numpy</td><td>{@link DirectMapTest}.arraysOfNumbersAreMappedWithoutBoxes</td></tr>
 * <tr><td>test_single_engine_map</td><td>aViewOfOneEngineMaps</td></tr>
 * <tr><td>test_map_ref, test_map_reference</td><td>does not apply yet: a function reads the engine's value by
 *     {@code Namespace}</td></tr>
 * </table>
 */
@Timeout(60)
class ScatterCounterpartsTest extends EitherRoad {

    @Test
    void aListComesBackAndAMissingNameIsToldByItsName() throws Exception {
        List<Integer> sequence = IntStream.range(0, 160).boxed().toList();
        all.scatter("a", sequence);

        assertThat(all.<List<Integer>>gather("a")).isEqualTo(sequence);
        assertThatThrownBy(() -> all.gather("asdf"))
                .isInstanceOfSatisfying(
                        NoSuchNameException.class, e -> assertThat(e.name()).isEqualTo("asdf"));
    }

    @Test
    void anArrayComesBack() throws Exception {
        int[] array = IntStream.range(0, 64).toArray();
        all.scatter("a", array);

        assertThat(all.<int[]>gather("a")).isEqualTo(array);
    }

    @Test
    void aViewOfAllEnginesLooksForThemWhenTheCallBegins() throws Exception {
        DirectView selected = grid.engines(engines -> engines);
        List<Integer> sequence = IntStream.range(0, 64).boxed().toList();
        selected.scatter("a", sequence);

        AsyncResult<List<Integer>> back = selected.gatherAsync("a");

        assertThat(back.await()).isEqualTo(sequence);
        assertThat(back.progress().total()).isEqualTo(grid.ids().size());
    }

    @Test
    void aMapHasAsManyValuesAsItems() throws Exception {
        List<Integer> numbers =
                IntStream.range(0, SharedGrid.ENGINES * 4 - 1).boxed().toList();

        MapResult<Double> squares = all.mapAsync(x -> Math.pow(x, 2), numbers);

        assertThat(squares.await())
                .isEqualTo(numbers.stream().map(x -> Math.pow(x, 2)).toList());
        assertThat(squares.progress().total()).isEqualTo(numbers.size());
    }

    @Test
    void itemsOfAnIteratorAreMappedInTheirOrder() throws Exception {
        Iterator<Integer> numbers = IntStream.range(0, 101).iterator();
        List<Integer> items = new ArrayList<>();
        numbers.forEachRemaining(items::add);

        assertThat(all.map(x -> x, items))
                .isEqualTo(IntStream.range(0, 101).boxed().toList());
    }

    @Test
    void aViewOfOneEngineMaps() throws Exception {
        assertThat(grid.engines(1).map(x -> x * 2, List.of(1, 2, 3, 4))).containsExactly(2, 4, 6, 8);
    }
}
