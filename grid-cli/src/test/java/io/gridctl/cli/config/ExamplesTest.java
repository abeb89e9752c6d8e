package io.gridctl.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.node.cluster.GridHome;
import io.gridctl.node.cluster.LaunchSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files in the folder config. */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "config");
    private static final Pattern COMMENTED = Pattern.compile("# (\\w+): (.+)");

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleCanBeStarted(Path example) {
        assertThat(example.toString()).endsWith(".yaml");

        LaunchSpec spec = ConfigFile.read(example).toSpec(GridHome.DEFAULT_NAME, 1);

        assertThat(spec.engines()).isPositive();
    }

    @Test
    void theExampleThatSaysEverySettingSaysTheRealDefaults(@TempDir Path folder) throws IOException {
        List<Matcher> commented = Files.readAllLines(EXAMPLES.resolve("all-settings.yaml")).stream()
                .map(COMMENTED::matcher)
                .filter(Matcher::matches)
                .toList();
        Path uncommented = folder.resolve("all.yaml");
        Files.write(
                uncommented,
                commented.stream()
                        .map(line -> line.group(1) + ": " + line.group(2))
                        .toList());

        LaunchSpec spec = ConfigFile.read(uncommented).toSpec("no default in the file", 7);

        assertThat(commented)
                .extracting(line -> line.group(1))
                .containsExactlyElementsOf(
                        Stream.of(Setting.values()).map(Setting::key).toList());
        assertThat(spec).isEqualTo(LaunchSpec.of(GridHome.DEFAULT_NAME, 7));
    }
}
