package io.gridctl.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The build has put the distribution's jars together before the samples are tested. */
class NoticeTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void everyLibraryOfTheDistributionIsNamed() throws IOException {
        String notice = Files.readString(ROOT.resolve("NOTICE"));

        List<String> libraries;
        try (Stream<Path> files = Files.list(ROOT.resolve("grid-cli/target/gridctl/lib"))) {
            libraries = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar") && !name.startsWith("grid-"))
                    .map(name -> name.replace(".jar", ""))
                    .toList();
        }

        assertThat(libraries)
                .isNotEmpty()
                .allSatisfy(library -> assertThat(notice).contains(library));
    }
}
