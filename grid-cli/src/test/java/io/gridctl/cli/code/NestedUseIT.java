package io.gridctl.cli.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.Grid;
import io.gridctl.cli.code.SharedEngines.Engines;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tasks in engine processes that connect to the grid they run on. */
@ExtendWith(SharedEngines.class)
@Timeout(120)
class NestedUseIT {
    private static final String MAIN = """
            package nested;
            import io.gridctl.*;
            import java.util.*;
            public class Main {
                /** More leaves at each depth than there are slots. */
                static int leaves(int depth, int first) throws Exception {
                    if (depth == 0) {
                        return first;
                    }
                    try (Grid grid = Grid.connect()) {
                        List<Integer> below = grid.loadBalanced()
                                .map(x -> leaves(depth - 1, x), List.of(3 * first, 3 * first + 1, 3 * first + 2));
                        return below.stream().mapToInt(Integer::intValue).sum();
                    }
                }
                public static Object tree(Grid grid) throws Exception {
                    return grid.engine(0).apply(() -> leaves(3, 1));
                }
            }
            """;

    @Test
    void aTaskMapsOverItsGridThreeDeep(@TempDir Path folder, Engines engines) throws Exception {
        try (UserProgram program = UserProgram.compile(folder, MAIN);
                Grid grid = engines.connect()) {
            // The leaves are 27, 28, … 53.
            assertThat(program.call("nested.Main", "tree", grid)).isEqualTo(27 * (27 + 53) / 2);
        }
    }
}
