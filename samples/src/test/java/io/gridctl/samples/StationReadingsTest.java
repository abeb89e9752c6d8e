package io.gridctl.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.Grid;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StationReadingsTest {
    private static final int READINGS = 4 * 365 * 24;

    @Test
    void aYearOfFilesIsReadWorkedOnAndPutIntoAMap(@TempDir Path folder) throws Exception {
        Printed printed = new Printed();
        StationReadings.writeYear(folder);

        try (Grid grid = Grid.local(2)) {
            StationReadings.run(grid, folder, printed.out());

            assertThat(grid.engines().names().values())
                    .allSatisfy(names -> assertThat(names).isEmpty());
        }

        assertThat(printed.lines()).hasSize(8);
        assertThat(printed.lines().get(0)).matches("readings on each engine: \\[1\\d{4}, 1\\d{4}\\]");
        // The formula's own means, 10 - 3 * station: a year and a day have none of season and hour left.
        assertThat(printed.lines().subList(1, 5))
                .containsExactly(
                        "mean of Brocken: %.2f °C".formatted(10.0),
                        "mean of Hohenpeissenberg: %.2f °C".formatted(7.0),
                        "mean of Potsdam: %.2f °C".formatted(4.0),
                        "mean of Zugspitze: %.2f °C".formatted(1.0));
        assertThat(printed.lines().get(5)).isEqualTo("warmest: %.2f °C".formatted(26.0));
        assertThat(printed.lines().subList(6, 8))
                .containsExactly("entries put into the map: " + READINGS, "entries read from the map: " + READINGS);
    }
}
