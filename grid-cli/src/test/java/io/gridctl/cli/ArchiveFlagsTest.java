package io.gridctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.node.cluster.JvmCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A JVM rejects an archive made with other flags, and then everything starts slowly without a word. */
class ArchiveFlagsTest {
    @ParameterizedTest
    @ValueSource(strings = {"src/build/archive.sh", "../gridctl"})
    void scriptsOpenWhatTheGridsProcessesOpenInTheSameOrder(String script) throws IOException {
        String text = Files.readString(Path.of(script));

        assertThat(text)
                .containsSubsequence(JvmCommand.opens().stream()
                        .filter(flag -> flag.startsWith("--add-"))
                        .toList());
        assertThat(text).contains("--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED");
    }
}
