package io.gridctl.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gridctl.Grid;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Scripts, on engines in this process. */
@Timeout(60)
class ShellTest {
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

    @AfterEach
    void forgetNames() throws InterruptedException {
        grid.engines().clear();
    }

    private Shell shell(String script) {
        return Shell.ofScript(
                grid, new BufferedReader(new StringReader(script)), new PrintWriter(out), new PrintWriter(err));
    }

    private int run(String script) {
        try (Shell shell = shell(script)) {
            return shell.run();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void assertShows(String script, String... lines) {
        int code = run(script);

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString().lines()).containsExactly(lines);
    }

    @Test
    void javaRunsHereWithTheLiveGrid() {
        assertShows(
                """
                grid.ids()
                int twice(int x) {
                    return 2 * x;
                }
                int a = twice(4); a + 1
                a = 3
                a
                _3 + 1
                all.push("n", new int[] {a, 4});
                all.pull("n")
                "text"
                """,
                "Out[1]: [0, 1]",
                "Out[3]: 9",
                "Out[5]: 3",
                "Out[6]: 10",
                "Out[8]: [[3, 4], [3, 4]]",
                "Out[9]: \"text\"");
    }

    @Test
    void aSemicolonKeepsAValueFromBeingShown() {
        assertShows(
                "1; 2; 3\n_1\n4; // four\n5 // five;\n_4\n\"//\";", "Out[1]: 3", "Out[2]: 3", "Out[4]: 5", "Out[5]: 5");
    }

    @Test
    void syncImportsImportsHereAndThere() {
        assertShows("""
                all.syncImports("java.time.*"); 1
                Duration.ofSeconds(1)
                all.<String>evaluate("Duration.ofSeconds(2).toString()")
                """, "Out[1]: 1", "Out[2]: PT1S", "Out[3]: [PT2S, PT2S]");
    }

    @Test
    void whatIsNotWholeGoesOnInTheNextLine() {
        assertShows("""
                class Cat {

                    int lives = 9;
                }
                %%px --targets 1
                int b = 20;
                b + 1

                List.of(
                    new Cat().lives)
                """, "Out[1:1]: 21".replace("1:1", "1:" + next(1)), "Out[3]: [9]");
    }

    /** The number that the next text on an engine has. */
    private static int next(int engine) {
        try {
            return grid.engine(engine).execute("1").number() + 1;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void namesAreListedPushedAndPulled() {
        assertShows(
                """
                double[] x = {1, 2.5};
                %push x
                %px --targets 0 { x[0] = 7; }
                %pull x --out both
                both.get(0)[0] + both.get(1)[0]
                %who --targets 1
                """,
                "x: [[7.0, 2.5], [1.0, 2.5]]",
                "Out[5]: 8.0",
                "ENGINE  NAME  TYPE      BYTES",
                "1       x     double[]  17");
    }

    @Test
    void targetsAreSetForAllFormsAndForOneAlone() {
        assertShows("""
                %targets
                %targets 1
                %px String s = "on one";
                %pull s
                %px --targets 0 int z = 1;
                %pull --targets 0 z
                %targets all
                %targets ::2
                """, "engines [0, 1]", "engines [1]", "s: [on one]", "z: [1]", "engines [0, 1]", "engines [0]");
    }

    @Test
    void codeIsTakenAsItWasTyped() {
        assertShows(
                "%px --targets 0 --group engine System.out.println(\"a  b --targets 1 \\t'c' #\");",
                "[stdout:0] a  b --targets 1 \t'c' #");
    }

    @Test
    void theFirstFailureEndsAScript() {
        assertThat(run("int a = nobody + 1;\n2")).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsSubsequence("    int a = nobody + 1;", "            ^")
                .anyMatch(line -> line.contains("cannot find symbol"));
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void whatIsThrownIsToldWithThePlacesInSnippets() {
        assertThat(run("int parse(String s) {\n    return Integer.parseInt(s);\n}\nparse(\"x\")"))
                .isEqualTo(1);
        assertThat(err.toString())
                .startsWith("java.lang.NumberFormatException: For input string: \"x\"")
                .containsPattern("at parse\\(#\\d+:2\\)");
    }

    @Test
    void whatEnginesThrowIsToldOnce() {
        assertThat(run("%px --group engine Integer.parseInt(\"x\")")).isEqualTo(1);
        assertThat(err.toString()).contains("engines 0, 1: java.lang.NumberFormatException");
    }

    @Test
    void wrongFormsAreASentence() throws IOException {
        String[][] wrong = {
            {"%frob", "there is no %frob; %help lists what there is"},
            {"%px", "%px: there is no code; see %help px"},
            {"%px --targets x 1", "'x' names no engines"},
            {"%px --targets 7 1", "7"},
            {"%targets 9", "9"},
            {"%%px 1\n2\n", "the code of a cell begins in the line below"},
            {"%push nobody", "%push: there is no variable 'nobody' here; declare it first"},
            {"%push", "NAME"},
            {"%pull nobody", "nobody"},
            {"%pull x --out 1x", "'1x' cannot be the name of a variable"},
            {"%pxresult", "%pxresult: nothing was sent yet; begin with %px"},
            {"%help frob", "there is no %frob"}
        };
        Typed typed = new Typed(Arrays.stream(wrong).map(each -> each[0]).toList());

        try (Shell shell = Shell.of(grid, end -> typed, new PrintWriter(out), new PrintWriter(err))) {
            assertThat(shell.run()).isZero(); // somebody who types may go on
        }

        for (String[] each : wrong) {
            assertThat(err.toString()).contains(each[1]);
        }
        assertThat(err.toString()).doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void helpListsTheForms() {
        assertThat(run("%help\n%help px")).isZero();
        assertThat(out.toString())
                .contains("%px ", "%pxresult ", "%targets ", "%who ", "%engines ", "%push ", "%pull ", "%autopx ")
                .contains("--noblock", "--local", "--out=NAME")
                .doesNotContain("%%%");
    }

    @Test
    void exitEndsIt() {
        assertShows("1\nexit\n2", "Out[1]: 1");
    }

    @Test
    void anEndlessLoopHereIsEndedByAnInterrupt() throws Exception {
        Shell shell = shell("int n = 0;\nwhile (true) n++;\n");
        CompletableFuture<Integer> code = runAside(shell);

        await().until(() -> {
            shell.interrupt();
            return code.isDone();
        });

        assertThat(code.get()).isEqualTo(1);
        assertThat(err.toString()).contains("interrupted");
    }

    @Test
    void aFirstInterruptEndsWhatRunsOnTheEngines() throws Exception {
        Shell shell = shell("""
                try { all.execute("while (true);"); } catch (CancellationException e) { System.out.println(e); }
                %px --targets 0 1
                """);
        CompletableFuture<Integer> code = runAside(shell);
        await().until(() -> grid.status().engines().stream().allMatch(engine -> engine.running() == 1));

        shell.interrupt();

        assertThat(code.get()).as(err.toString()).isZero(); // so the line itself went on
    }

    @Test
    void anInterruptEndsWhatTheEnginesOfAGridThatALineOpenedDo() throws Exception {
        Shell shell = shell("""
                Grid mine = Grid.local(1);
                boolean ended = false;
                try {
                    mine.engines().execute("while (true);");
                } catch (CancellationException e) {
                    ended = true;
                }
                mine.close();
                ended
                """);
        CompletableFuture<Integer> code = runAside(shell);
        await().until(ShellTest::aTextRuns);

        shell.interrupt();

        assertThat(code.get()).as(err.toString()).isZero();
        assertThat(out.toString()).contains(": true");
    }

    private static boolean aTextRuns() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith("grid-slot-"))
                .flatMap(thread -> Arrays.stream(thread.getValue()))
                .anyMatch(frame -> frame.getMethodName().equals("do_it$"));
    }

    private static CompletableFuture<Integer> runAside(Shell shell) {
        return CompletableFuture.supplyAsync(() -> {
            try (shell) {
                return shell.run();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }
}
