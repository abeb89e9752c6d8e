package io.gridctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
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
                "start -n six|'six' is not an int",
                "start -n 1 --name a/b|'a/b' cannot be the name of a grid",
                "start -n 1 --name -x|-x",
                "start -n 1 --heap lots|a heap is a number",
                "start -n 1 --slots 0|1 to 1024 slots, not 0",
                "start -n 1 --classpath /no/such.jar|/no/such.jar, which does not exist",
                "start --frobnicate|--frobnicate",
                "stop --all --name x|not both",
                "status -o yaml|yaml",
                "run|FILE",
                "run missing.java|there is no file missing.java",
                "run pom.xml|neither a source file (.java) nor a jar",
                "run -n 2 --name x pom.xml|neither a source file",
                "nonsense|nonsense"
            })
    void wrongUsageIsASentenceAndExitCode2(String line, String sentence) {
        int code = execute(line.split(" "));

        assertThat(code).as(err.toString()).isEqualTo(2);
        assertThat(err.toString()).contains(sentence).doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void noCommandIsWrongUsage() {
        assertThat(execute()).isEqualTo(2);
        assertThat(err.toString()).contains("gridctl").contains("start");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "start", "stop", "status", "run"})
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
