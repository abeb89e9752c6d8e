package io.gridctl.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.Grid;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * ipyparallel's tests of its magics, {@code test_magics.py}, and what stands for each here.
 *
 * <table>
 *   <caption>Their test, our test</caption>
 *   <tr><td>test_px_blocking</td><td>{@link #anAssignmentAndOutput}</td></tr>
 *   <tr><td>test_px_var_expand, test_cell_px_var_expand</td><td>{@link #codeIsNotExpandedHere}; names of results are
 *       taken as they are</td></tr>
 *   <tr><td>test_cellpx_block_args</td><td>{@link #aCellThatDoesNotBlock}</td></tr>
 *   <tr><td>test_cellpx_groupby_engine, _order, _type</td><td>{@link #outputIsGrouped}</td></tr>
 *   <tr><td>test_cellpx_error_stream, _no_stream</td><td>{@link #errorsOfSeveralEnginesAreToldOnce}</td></tr>
 *   <tr><td>test_cellpx_stream</td><td>{@code ShellIT}: what a long task prints is shown while it runs</td></tr>
 *   <tr><td>test_px_nonblocking</td><td>{@link #aResultThatComesLaterIsAVariableAndFailsWhenAsked}</td></tr>
 *   <tr><td>test_autopx_blocking, _nonblocking</td><td>{@link #allJavaIsForTheEnginesUntilItIsNot}; it always waits</td></tr>
 *   <tr><td>test_result</td><td>{@link #theLastResultIsPrintedAgain}</td></tr>
 *   <tr><td>test_px_matplotlib</td><td>none: there are no plots in a terminal</td></tr>
 *   <tr><td>test_pxconfig</td><td>{@link #targetsStayAsTheyWereSet}</td></tr>
 *   <tr><td>test_cellpx_targets, test_cellpx_block</td><td>{@link #optionsOfOneCellDoNotStick}</td></tr>
 *   <tr><td>test_cellpx_keyboard_interrupt_*</td><td>{@code ShellIT}: Ctrl-C interrupts the engines first; there is no
 *       choice of signals, since an engine's task is interrupted, not its process</td></tr>
 * </table>
 */
@Timeout(60)
class MagicsCounterpartsTest {
    private static final String PRINTS =
            "System.out.println(\"out\"); System.err.println(\"err\"); Namespace.current().engineId()";

    private static Grid grid;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void open() {
        grid = Grid.local(2);
    }

    @AfterAll
    static void close() {
        grid.close();
    }

    private int run(String script) throws IOException {
        BufferedReader lines = new BufferedReader(new StringReader(script));
        try (Shell shell = Shell.ofScript(grid, lines, new PrintWriter(out), new PrintWriter(err))) {
            return shell.run();
        }
    }

    /** What was shown, without the numbers of texts. */
    private List<String> shown() {
        return out.toString()
                .lines()
                .map(line -> line.replaceFirst("^Out\\[(\\d):\\d+]", "Out[$1]"))
                .toList();
    }

    @Test
    void anAssignmentAndOutput() throws IOException {
        assertThat(run("%px int a = 5;\n%px --group type System.out.println(a);\nall.pull(\"a\")"))
                .isZero();
        assertThat(shown()).containsExactly("[stdout:0] 5", "[stdout:1] 5", "Out[3]: [5, 5]");
    }

    @Test
    void codeIsNotExpandedHere() throws IOException {
        assertThat(run("int here = 1;\n%px String s = \"{here} $here %s\"; s.length()\n%%px\ns\n\n"))
                .isZero();
        assertThat(shown())
                .containsExactly(
                        "Out[0]: 15", "Out[1]: 15", "Out[0]: \"{here} $here %s\"", "Out[1]: \"{here} $here %s\"");
    }

    @Test
    void aCellThatDoesNotBlock() throws IOException {
        assertThat(run("%%px --noblock\nint n = 1;\nn + 1\n\n%pxresult\n%px 3")).isZero();
        assertThat(shown())
                .containsExactly(
                        "begun on engines [0, 1]; %pxresult waits for it",
                        "Out[0]: 2", "Out[1]: 2", "Out[0]: 3", "Out[1]: 3");
    }

    @Test
    void outputIsGrouped() throws IOException {
        assertThat(run("%px --group engine " + PRINTS + "\n%px --group type " + PRINTS))
                .isZero();
        assertThat(shown())
                .containsExactly(
                        "[stdout:0] out",
                        "Out[0]: 0",
                        "[stdout:1] out",
                        "Out[1]: 1",
                        "[stdout:0] out",
                        "[stdout:1] out",
                        "Out[0]: 0",
                        "Out[1]: 1");
        assertThat(err.toString().lines())
                .containsExactly("[stderr:0] err", "[stderr:1] err", "[stderr:0] err", "[stderr:1] err");

        out.getBuffer().setLength(0);
        assertThat(run("%px --group order " + PRINTS)).isZero();
        assertThat(shown()).hasSize(4).endsWith("Out[0]: 0", "Out[1]: 1").contains("[stdout:0] out", "[stdout:1] out");
    }

    @Test
    void errorsOfSeveralEnginesAreToldOnce() throws IOException {
        assertThat(run("%%px\nint zero = 0;\nint over(int x) {\n  return x / zero;\n}\nover(1)\n\n"))
                .isEqualTo(1);
        assertThat(err.toString().lines())
                .containsSubsequence(
                        "2 of 2 failed:",
                        "  engines 0, 1: java.lang.ArithmeticException: / by zero",
                        "    at text.over(text:3)",
                        "    at text.run(text:5)");
        assertThat(err.toString()).containsOnlyOnce("ArithmeticException").containsOnlyOnce("text.over");
    }

    @Test
    void aResultThatComesLaterIsAVariableAndFailsWhenAsked() throws IOException {
        assertThat(run("%px --noblock --out later 40 + 2\nlater.await().get(1).value().get()"))
                .isZero();
        assertThat(shown()).endsWith("Out[2]: \"42\"");

        assertThat(run("%px --noblock --out bad 1 / 0\nbad.await()")).isEqualTo(1);
        assertThat(err.toString()).contains("CompositeException").contains("/ by zero");
    }

    @Test
    void allJavaIsForTheEnginesUntilItIsNot() throws IOException {
        assertThat(run("%autopx\nint auto = 7;\nauto + 1\n%autopx\nauto")).isEqualTo(1);
        assertThat(shown()).containsExactly("%autopx on", "Out[0]: 8", "Out[1]: 8", "%autopx off");
        assertThat(err.toString()).contains("cannot find symbol");
    }

    @Test
    void theLastResultIsPrintedAgain() throws IOException {
        assertThat(run("%px --targets 1 System.out.println(1); 10\n%pxresult")).isZero();
        assertThat(shown()).containsExactly("[stdout:1] 1", "Out[1]: 10", "[stdout:1] 1", "Out[1]: 10");
    }

    @Test
    void targetsStayAsTheyWereSet() throws IOException {
        assertThat(run("%targets :\n%targets ::2\n%targets 1::2\n%px 1\n%targets 1\n%targets"))
                .isZero();
        assertThat(shown())
                .containsExactly(
                        "engines [0, 1]", "engines [0]", "engines [1]", "Out[1]: 1", "engines [1]", "engines [1]");
    }

    @Test
    void optionsOfOneCellDoNotStick() throws IOException {
        Typed lines = new Typed(
                List.of("%px --targets 0 1", "%px --targets 0 1 / 0", "%px --noblock --targets 1 2", "%px 3"));
        try (Shell shell = Shell.of(grid, end -> lines, new PrintWriter(out), new PrintWriter(err))) {
            assertThat(shell.run()).isZero();
        }
        assertThat(shown())
                .containsExactly("Out[0]: 1", "begun on engines [1]; %pxresult waits for it", "Out[0]: 3", "Out[1]: 3");
    }

    @Test
    void runsHereToo() throws IOException {
        assertThat(run("%px --local int both = 4;\nboth\nall.pull(\"both\")")).isZero();
        assertThat(shown()).containsExactly("Out[2]: 4", "Out[3]: [4, 4]");
    }
}
