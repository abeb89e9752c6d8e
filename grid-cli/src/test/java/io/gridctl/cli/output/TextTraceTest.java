package io.gridctl.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.CompositeException;
import io.gridctl.GridException;
import io.gridctl.TaskFailedException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextTraceTest {
    @Test
    void whatFailedInOnePlaceTellsThePlaceOnce() {
        CompositeException failure = new CompositeException(List.of(failed(0, 3), failed(1, 3)), 2);

        assertThat(TextTrace.of(failure).lines())
                .containsExactly(
                        "2 of 2 failed:",
                        "  engines 0, 1: java.lang.IllegalStateException: torn",
                        "    at text.f(text:3)");
    }

    @Test
    void whatFailedInSeveralPlacesTellsEachWithItsEngines() {
        CompositeException failure = new CompositeException(List.of(failed(0, 3), failed(1, 4), failed(2, 3)), 3);

        assertThat(TextTrace.of(failure).lines())
                .endsWith("  engine 0, 2", "    at text.f(text:3)", "  engine 1", "    at text.f(text:4)");
    }

    @Test
    void aDeepStackIsCut() {
        StackTraceElement[] deep = IntStream.range(0, 1000)
                .mapToObj(line -> new StackTraceElement("text", "f", "text", line))
                .toArray(StackTraceElement[]::new);

        assertThat(TextTrace.of(failed(0, deep)).lines())
                .hasSize(14)
                .endsWith("    at text.f(text:11)", "    … 988 more");
    }

    @Test
    void aFailureWithoutCodeIsItsMessage() {
        GridException lost = new GridException("engine 3 is gone");

        assertThat(TextTrace.of(lost)).isEqualTo("engine 3 is gone");
    }

    private static TaskFailedException failed(int engine, int line) {
        return failed(engine, new StackTraceElement("text", "f", "text", line));
    }

    private static TaskFailedException failed(int engine, StackTraceElement... stack) {
        IllegalStateException thrown = new IllegalStateException("torn");
        thrown.setStackTrace(stack);
        return new TaskFailedException(engine, "t1", thrown.getClass().getName(), "torn", "", thrown);
    }
}
