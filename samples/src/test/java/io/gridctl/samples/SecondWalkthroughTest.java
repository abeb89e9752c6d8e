package io.gridctl.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.Grid;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecondWalkthroughTest {
    @Test
    void theCellsOfTheNotebookGiveWhatTheNotebookShows() throws InterruptedException {
        Printed printed = new Printed();

        try (Grid grid = Grid.local(2)) {
            SecondWalkthrough.run(grid, printed.out());
        }

        List<String> lines = printed.lines();
        long pid = ProcessHandle.current().pid();
        assertThat(lines.subList(0, 5))
                .containsExactly(
                        "engines: [0, 1]",
                        "[stdout:0] ciao",
                        "[stdout:1] ciao",
                        "[stdout:0] " + pid,
                        "[stdout:1] " + pid);
        assertThat(lines.subList(9, lines.size()))
                .containsExactly(
                        "pulled b: [3, 3]",
                        "parallel result equals serial result: true",
                        "apply: [42, 42]",
                        "applyAsync: [48, 48]",
                        "one function each: 42 48",
                        "gathered: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]",
                        "a part: [0, 1, 2, 3, 4, 5, 6, 7]",
                        "a part: [8, 9, 10, 11, 12, 13, 14, 15]");
    }

    @Test
    void whatAnEnginePrintsOfItsArrayIsWhatIsPulled() throws InterruptedException {
        Printed printed = new Printed();

        try (Grid grid = Grid.local(2)) {
            SecondWalkthrough.run(grid, printed.out());
        }

        List<String> lines = printed.lines();
        assertThat(lines.get(5)).startsWith("[stdout:0] [0.");
        assertThat(lines.get(7)).isEqualTo(lines.get(5).replace("[stdout:0] ", "pulled a: "));
        assertThat(lines.get(8)).isEqualTo(lines.get(6).replace("[stdout:1] ", "pulled a: "));
    }
}
