package io.gridctl.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.Grid;
import org.junit.jupiter.api.Test;

class FirstWalkthroughTest {
    @Test
    void everyStepOfThePostWorks() throws InterruptedException {
        Printed printed = new Printed();

        try (Grid grid = Grid.local(2)) {
            FirstWalkthrough.run(grid, printed.out());
        }

        assertThat(printed.lines()).hasSize(7);
        assertThat(printed.lines().get(0)).isEqualTo("connected to 2 engines: [0, 1]");
        assertThat(printed.lines().get(1))
                .startsWith("x to the tenth for x in 0..31: [0, 1, 1024, 59049, ")
                .endsWith(", 819628286980801]");
        assertThat(printed.lines())
                .contains(
                        "my_var on every engine: [0.5, 0.5]",
                        "same as in serial: true",
                        "names left on the engines: {0=[], 1=[]}");
    }
}
