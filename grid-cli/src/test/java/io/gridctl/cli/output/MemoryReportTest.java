package io.gridctl.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.GridMemory;
import io.gridctl.GridMemory.EngineMemory;
import io.gridctl.GridMemory.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a program may call a value must not spoil the table that lists it. */
class MemoryReportTest {
    private static String tableOf(String name, String typeName) {
        Value value = new Value(name, typeName, 5, Optional.empty(), Optional.empty());
        EngineMemory engine = new EngineMemory(0, true, 1, 2, List.of(value), List.of(), List.of(), List.of());
        return new MemoryReport(new GridMemory("g", List.of(engine), List.of())).toTable();
    }

    @Test
    void aNameStaysOnItsLineWhateverIsInIt() {
        assertThat(tableOf("two\nlines\u001b[31m", "Point").lines().toList().get(4))
                .contains("  two\\u000alines\\u001b[31m  Point  ");
    }

    @Test
    void aLongNameIsCut() {
        assertThat(tableOf("n".repeat(100_000), "Point").lines().toList().get(4))
                .contains("  " + "n".repeat(79) + "…  Point  ");
    }

    @Test
    void theTypeOfAnArrayIsWrittenAsInASource() {
        assertThat(tableOf("a", "[B")).contains("  byte[]  ");
        assertThat(tableOf("a", "[[Ldemo.Point;")).contains("  demo.Point[][]  ");
        assertThat(tableOf("a", "demo.Point")).contains("  demo.Point  ");
    }
}
