package io.gridctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.cli.Gridctl.Result;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("any-jvm")
class PerfIT {
    @TempDir
    Path folder;

    @Test
    void figuresAreLinesOfJsonAndTheirGridLeavesNothing() throws Exception {
        try (Gridctl gridctl = new Gridctl(folder)) {
            Result result = gridctl.run("perf", "-n", "1", "--only", "execute_ms", "-o", "json");

            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.out())
                    .matches("\\{\"name\":\"execute_ms\",\"value\":[0-9.]+,\"unit\":\"ms\",\"raw\":null}\\R");
            assertThat(gridctl.home().root()).isEmptyDirectory();
        }
    }
}
