package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gridctl.AsyncResult;
import io.gridctl.CompositeException;
import io.gridctl.Distribution;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work on scattered data where it lies, by either road. */
@Timeout(60)
class PartsInPlaceTest extends EitherRoad {
    private final int[] data = IntStream.range(0, 10).toArray();

    @Test
    void valuesLieWhereTheirElementsLie() throws Exception {
        for (Distribution distribution : List.of(Distribution.BLOCK, Distribution.CYCLIC)) {
            all.scatter("x", data, distribution);

            all.<Integer, Double>mapOver("x", x -> x / 2.0, "y");
            all.<Integer, String>mapOver("x", x -> "n" + x, "z");

            assertThat(all.<double[]>gather("y")).containsExactly(0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5);
            assertThat(all.<List<String>>gather("z"))
                    .containsExactly("n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9");
            assertThat(all.<int[]>gather("x")).isEqualTo(data);
        }
    }

    @Test
    void aPartCanBeReplacedByItsValuesAndFewElementsHaveFewValues() throws Exception {
        all.scatter("x", new long[] {7}, Distribution.BLOCK);
        all.scatter("y", List.of(1, 2), Distribution.CYCLIC.flatten());

        all.<Long, Integer>mapOver("x", x -> x.intValue() + 1, "x");
        all.<Integer, Integer>mapOver("y", x -> -x, "y");

        assertThat(all.<int[]>gather("x")).containsExactly(8);
        assertThat(all.<Object>pull("y")).containsExactly(-1, -2, List.of());
        assertThat(all.<List<Integer>>gather("y")).containsExactly(-1, -2);
    }

    @Test
    void onlyTheEnginesThatHaveAPartWorkOnIt() throws Exception {
        grid.engines(2, 0).scatter("x", List.of("a", "b", "c"));

        all.<String, String>mapOver("x", x -> x + x, "y");

        assertThat(all.<List<String>>gather("y")).containsExactly("aa", "bb", "cc");
        assertThat(grid.engine(1).names()).isEmpty();
        assertThat(all.<String>reduce("y", (x, y) -> x + y)).hasValue("aabbcc");
    }

    @Test
    void elementsAreCombinedInTheirOrder() throws Exception {
        all.scatter("x", data);
        all.scatter("t", List.of("a", "b", "c", "d"));
        all.scatter("one", List.of(5));
        all.scatter("none", new int[0]);

        assertThat(all.<Integer>reduce("x", Integer::sum)).hasValue(45);
        assertThat(all.<String>reduce("t", (x, y) -> x + y)).hasValue("abcd");
        assertThat(all.<Integer>reduce("one", Integer::sum)).hasValue(5);
        assertThat(all.<Integer>reduce("none", Integer::sum)).isEmpty();
    }

    @Test
    void whereItFailsThereAreNoNewValues() throws Exception {
        all.scatter("x", data);

        assertThatThrownBy(() -> all.<Integer, Integer>mapOver("x", x -> 10 / (x - 5), "y"))
                .isInstanceOf(CompositeException.class)
                .hasMessageContaining("1 of 3 failed")
                .hasMessageContaining("engine 1")
                .hasMessageContaining("/ by zero");
        assertThat(grid.engine(0).<int[]>pull("y")).hasSize(4);
        assertThatThrownBy(() -> all.gather("y")).hasMessageContaining("engine 1 has no value named 'y'");
    }

    @Test
    void cancellingInterruptsTheWorkOnEachEngine() throws Exception {
        Gate gate = Gate.closed();
        all.scatter("x", data);

        AsyncResult<Optional<Integer>> sum = all.reduceAsync("x", (x, y) -> {
            gate.pass();
            return x + y;
        });
        await().until(() -> gate.arrived() == 3);
        sum.cancel(true);

        await().until(() -> gate.interrupted() == 3);
        assertThat(gate.passed()).isZero();
    }

    @Test
    void whatItPrintsIsSeenWhileItRuns() throws Exception {
        Gate gate = Gate.closed();
        all.scatter("x", List.of("a", "b", "c", "d", "e", "f"));

        AsyncResult<Optional<String>> text = all.reduceAsync("x", (x, y) -> {
            System.out.println(x + y);
            gate.pass();
            return x + y;
        });

        await().untilAsserted(
                        () -> assertThat(text.stdout()).contains("[stdout:0] ab", "[stdout:1] cd", "[stdout:2] ef"));
        assertThat(text.isDone()).isFalse();
        gate.open();
        assertThat(text.await()).hasValue("abcdef");
    }

    @Test
    void callsThatFollowSeeWhatItHasMade() throws Exception {
        all.scatter("x", data);

        for (int round = 1; round <= 5; round++) {
            var unused = all.<Integer, Integer>mapOverAsync("x", x -> x + 1, "x");
            int[] now = IntStream.range(round, 10 + round).toArray();
            assertThat(all.<int[]>apply(ns -> ns.get("x")).stream()
                            .flatMapToInt(Arrays::stream)
                            .toArray())
                    .isEqualTo(now);
        }
    }

    @Test
    void largeFunctionsGoByEitherRoad() throws Exception {
        int[] large = IntStream.range(0, 100_000).toArray();
        all.scatter("x", data);

        for (int round = 0; round < 3; round++) {
            assertThat(all.<Integer>reduce("x", (x, y) -> x + y + large[99_999]))
                    .hasValue(45 + 9 * 99_999);
        }
    }
}
