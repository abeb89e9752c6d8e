package io.gridctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.cli.Gridctl.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher script and the commands say when nothing runs or nothing can. */
class HomeIT {
    @TempDir
    Path folder;

    @Test
    void aHomeThatCannotBeWrittenIsNamed() throws IOException, InterruptedException {
        Path file = Files.createFile(folder.resolve("file"));
        try (Gridctl gridctl = new Gridctl(folder)) {
            Result start =
                    gridctl.run(Map.of("GRIDCTL_HOME", file.resolve("home").toString()), "start", "-n", "1");

            assertThat(start.exitCode()).isEqualTo(1);
            assertThat(start.err()).contains("cannot be made").contains("GRIDCTL_HOME");
        }
    }

    @Test
    void whereNothingRunsEveryCommandSaysHowToStart() throws IOException, InterruptedException {
        try (Gridctl gridctl = new Gridctl(folder)) {
            for (String command : new String[] {"stop", "status"}) {
                Result result = gridctl.run(command);

                assertThat(result.exitCode()).as(command).isEqualTo(11);
                assertThat(result.err()).contains("gridctl start");
            }
        }
    }

    @Test
    void aMissingJavaIsASentence() throws IOException, InterruptedException {
        try (Gridctl gridctl = new Gridctl(folder)) {
            Result result = gridctl.run(Map.of("JAVA_HOME", "/no/java/here"), "status");

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err()).contains("JAVA_HOME is /no/java/here");
        }
    }

    @Test
    void anOldJavaIsASentence() throws IOException, InterruptedException {
        Path java = Files.createDirectories(folder.resolve("old java/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        try (Gridctl gridctl = new Gridctl(folder)) {
            Result result =
                    gridctl.run(Map.of("JAVA_HOME", folder.resolve("old java").toString()), "status");

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err()).contains("is Java 11.0.2, and gridctl needs 17 or newer");
        }
    }

    @Test
    void theLauncherWorksThroughALinkInAFolderWithSpaces() throws IOException, InterruptedException {
        Path link = Files.createDirectories(folder.resolve("a b")).resolve("grid ctl");
        Files.createSymbolicLink(link, Gridctl.script());
        ProcessBuilder builder = new ProcessBuilder(link.toString(), "--version").redirectErrorStream(true);

        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(output).startsWith("gridctl ");
    }
}
