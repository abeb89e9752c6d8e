package io.gridctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... arguments) {
        return GridCtl.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "start -n 0|a grid has at least 1 engine, not 0",
                "start -n -3|a grid has at least 1 engine, not -3",
                "start -n 5000|5000 engines do not fit on this machine",
                "start -n six|'-n': 'six' is not a whole number",
                "start -n 99999999999|not a whole number of the size that is possible here",
                "start -n|Missing required parameter for option '-n'",
                "start extra|Unmatched argument at index 1: 'extra'",
                "start --detach=maybe|'maybe' is not a boolean",
                "start -n 1 --heap 1k|at least 32m, and not '1k'",
                "start -n 1 --heap 900t|an engine with a heap of 900t does not fit on this machine",
                "start -n 1 --heap 9999999999t|more than any machine has",
                "start -n 1 --slots two|'two' is not a whole number",
                "start -n 1 --tag=|a tag has 1 to 64 characters that can be seen, and is not ''",
                "start -n 1 --name=|'' cannot be the name of a grid",
                "start -n 1 --name ..|'..' cannot be the name of a grid",
                "start -n 1 --jvm-arg=|begins with '-'",
                "start -n 1 --jvm-arg=Xmx1g|begins with '-', such as -Dkey=value, and not like 'Xmx1g'",
                "start --config no.yaml|the configuration file no.yaml does not exist",
                "start --config pom.xml|pom.xml:",
                "stop extra|Unmatched argument at index 1: 'extra'",
                "status --name ../x|'../x' cannot be the name of a grid",
                "status -o|Missing required parameter for option '--output'",
                "run src|src is a folder",
                "run --slots 2 ../samples/pom.xml|neither a source file",
                "run --config no.yaml --name x src/test/java/io/gridctl/cli/UsageTest.java|not both",
                "run --slots 2 src/test/java/io/gridctl/cli/UsageTest.java|say how many with -n",
                "run -n abc x.java|'abc' is not a whole number",
                "perf --only nonsense|there is no figure 'nonsense'; there are start_s, ",
                "perf --only apply_us,,start_s|there is no figure ''",
                "perf --only ,|names no figure; there are start_s, ",
                "perf -n 0|a grid has at least 1 engine, not 0",
                "perf -n 5000|5000 engines do not fit on this machine",
                "perf -o yaml|yaml",
                "strat|gridctl start",
                "start -n 1 --name a/b|'a/b' cannot be the name of a grid",
                "start -n 1 --name -x|-x",
                "start -n 1 --heap lots|a heap is a number",
                "start -n 1 --slots 0|1 to 1024 slots, not 0",
                "start -n 1 --classpath /no/such.jar|/no/such.jar, which does not exist",
                "start --frobnicate|--frobnicate",
                "stop --all --name x|not both",
                "status -o yaml|yaml",
                "px|TEXT",
                "px --result 1 2|Unmatched argument at index 3: '2'",
                "px --result x|'x' is not a whole number",
                "px --targets x 1|'x' names no engines; say all, ids such as 0,2, or positions from:to:step such as ::2",
                "px --targets ::0 1|'::0' names no engines",
                "px --group nobody 1|nobody",
                "shell -n 2 --name x|not both",
                "shell --slots 2|say how many with -n",
                "shell extra|Unmatched argument at index 1: 'extra'",
                "run|FILE",
                "run missing.java|there is no file missing.java",
                "run pom.xml|neither a source file (.java) nor a jar",
                "run -n 2 --name x pom.xml|neither a source file",
                "frob|there is no command 'frob'; the commands are start, stop, status, memory, ",
                "frob --name x|there is no command 'frob'; the commands are start,",
                "--frob|Unknown option: '--frob'",
                "nonsense|there is no command 'nonsense'"
            })
    void wrongUsageIsASentenceAndExitCode2(String line, String sentence) {
        int code = execute(line.split(" "));

        assertThat(code).as(err.toString()).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("gridctl: ")
                .contains(sentence)
                .doesNotContain("\tat ")
                .doesNotContain("Usage:");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20)
    void virtualSlotsAreRefusedWhereThereAreNone() {
        assertThat(execute("start", "-n", "1", "--virtual-slots")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("gridctl: slots can be virtual threads from Java 21 on, and this is Java ")
                .contains("set JAVA_HOME to a newer one");
    }

    @Test
    void whatCannotBeUnderstoodIsFollowedByWhereToReadOn() {
        assertThat(execute("start", "--frobnicate")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo(String.format("gridctl: Unknown option: '--frobnicate'%nsee: gridctl start --help%n"));
    }

    @Test
    void noCommandIsWrongUsage() {
        assertThat(execute()).isEqualTo(2);
        assertThat(err.toString()).contains("gridctl").contains("start");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "start", "stop", "status", "run", "px", "shell", "perf"})
    void everyCommandHasHelpWithExamples(String command) {
        int code = command.isEmpty() ? execute("--help") : execute(command, "--help");

        assertThat(code).isZero();
        assertThat(out.toString()).contains("Examples:").contains("gridctl " + command);
    }

    @Test
    void theVersionIsTold() {
        assertThat(execute("--version")).isZero();
        assertThat(out.toString()).startsWith("gridctl ").doesNotContain("${");
    }

    @Test
    void verboseAddsTheStackTrace() {
        assertThat(execute("start", "-n", "0", "--verbose")).isEqualTo(2);
        assertThat(err.toString()).contains("\tat io.gridctl");
    }
}
