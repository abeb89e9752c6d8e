package io.gridctl.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {
    @TempDir
    Path folder;

    @Test
    void aLargeLogBeginsAgainAndItsWriterGoesOn() throws IOException {
        Path log = folder.resolve("engine-0.log");
        try (var writer = Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            writer.write(new byte[6 << 20]);

            LogFiles.limit(folder);
            writer.write('x');
        }

        assertThat(log).hasContent("x");
        assertThat(folder.resolve("engine-0.log.1")).hasSize(6 << 20);
    }

    @Test
    void theTailIsTheLastLines() throws IOException {
        Path log = folder.resolve("engine-0.log");
        Files.writeString(log, "a\n".repeat(100_000) + "b\nc\n");

        assertThat(LogFiles.tail(log, 3)).containsExactly("a", "b", "c");
    }

    @Test
    void aLogThatIsNotThereIsSaidToBe() {
        assertThat(LogFiles.tail(folder.resolve("none.log"), 3))
                .singleElement()
                .asString()
                .contains("none.log");
    }
}
