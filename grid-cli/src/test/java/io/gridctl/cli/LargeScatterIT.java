package io.gridctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.DirectView;
import io.gridctl.Grid;
import io.gridctl.cli.Gridctl.Result;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An array of half an engine's heap is spread over four engines and comes back; 512 MB over heaps of 1 GB in the long form. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@Tag("any-jvm")
class LargeScatterIT {
    private static final int ENGINES = 4;
    private static final int MEGABYTES = Integer.getInteger("gridctl.test.scatter.megabytes", 64);

    @TempDir
    Path folder;

    private static double[] numbers(int length) {
        return IntStream.range(0, length).asDoubleStream().toArray();
    }

    @Test
    void anArrayOfHalfAnEnginesHeapGoesOutAndComesBack() throws Exception {
        try (Gridctl gridctl = new Gridctl(folder)) {
            Result start =
                    gridctl.run("start", "-n", String.valueOf(ENGINES), "--heap", 2 * MEGABYTES + "m", "--detach");
            assertThat(start.exitCode()).as(start.err()).isZero();
            try (Grid grid = Grid.connect(gridctl.grid().connectionFile())) {
                DirectView all = grid.engines();
                int length = MEGABYTES * (1 << 20) / Double.BYTES;

                all.scatter("x", numbers(length));

                assertThat(all.apply(names -> names.<double[]>get("x").length))
                        .isEqualTo(Collections.nCopies(ENGINES, length / ENGINES));
                double[] back = all.gather("x", double[].class);
                assertThat(back).hasSize(length);
                for (int i = 0; i < length; i++) {
                    if (back[i] != i) {
                        assertThat(back[i]).as("element %d", i).isEqualTo(i);
                    }
                }
            }
            assertThat(gridctl.run("status").out()).doesNotContain("restart");
        }
    }
}
