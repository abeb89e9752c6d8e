package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.DirectView;
import io.gridctl.Distribution;
import io.gridctl.Grid;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Parts that lie in pieces. */
@ExtendWith(SharedGrid.class)
@Timeout(60)
class LargePartsTest {
    /** A part of three is a megabyte and a half, and no whole number of pieces. */
    private static final int NUMBERS = 600_001;

    private final Grid grid = SharedGrid.grid();
    private final DirectView all = grid.engines();
    private final double[] data = new Random(6).doubles(NUMBERS).toArray();

    @Test
    void comeBackAsTheyWere() throws Exception {
        all.scatter("x", data);

        assertThat(all.<double[]>gather("x")).isEqualTo(data);
        assertThat(all.gather("x", double[].class)).isEqualTo(data);
        assertThat(all.<Integer>apply(ns -> ns.<double[]>get("x").length))
                .containsExactly(NUMBERS / 3 + 1, NUMBERS / 3, NUMBERS / 3);
    }

    @Test
    void comeBackAsTheyWereWhenDealtInTurns() throws Exception {
        all.scatter("x", data, Distribution.CYCLIC);

        assertThat(all.<double[]>gather("x")).isEqualTo(data);
    }

    @Test
    void areReadAnewByEachGather() throws Exception {
        all.scatter("x", data);

        double[] first = all.gather("x");
        first[0] = -1;

        assertThat(all.<double[]>gather("x")).isEqualTo(data);
    }

    @Test
    void areGatheredWhenAnEngineHasMadeItsPartShorterOrLonger() throws Exception {
        int[] numbers = IntStream.range(0, 3 << 19).toArray();
        for (int length : new int[] {1, (1 << 19) - 1, (1 << 19) + 5}) {
            all.scatter("x", numbers);

            grid.engine(1).run(ns -> ns.put("x", Arrays.copyOf(ns.<int[]>get("x"), length)));

            int[] expected = new int[2 * (1 << 19) + length];
            System.arraycopy(numbers, 0, expected, 0, 1 << 19);
            System.arraycopy(numbers, 1 << 19, expected, 1 << 19, Math.min(length, 1 << 19));
            System.arraycopy(numbers, 2 << 19, expected, (1 << 19) + length, 1 << 19);
            assertThat(all.<int[]>gather("x")).as("length %d", length).isEqualTo(expected);
        }
    }

    @Test
    void areGatheredWhenAnEngineHasMadeAnotherTypeOfItsPart() throws Exception {
        int[] numbers = IntStream.range(0, 3 << 18).toArray();
        all.scatter("x", numbers);

        grid.engine(2)
                .run(ns -> ns.put(
                        "x", Arrays.stream(ns.<int[]>get("x")).asLongStream().toArray()));

        assertThat(all.gather("x", long[].class))
                .isEqualTo(Arrays.stream(numbers).asLongStream().toArray());
    }
}
