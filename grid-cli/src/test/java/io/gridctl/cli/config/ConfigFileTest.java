package io.gridctl.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gridctl.node.cluster.LaunchSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("grid.yaml");
    }

    @Test
    void everySettingIsRead() throws IOException {
        Files.createFile(folder.resolve("tools.jar"));
        write("""
                name: night
                engines: 3
                slots: 2
                heap: 512m
                classpath: [tools.jar, .]
                jvmArgs:
                  - -Dkey=value
                tags: [fast, "two words"]
                """);

        LaunchSpec spec = ConfigFile.read(file).toSpec("default", 1);

        assertThat(spec)
                .isEqualTo(LaunchSpec.of("night", 3)
                        .withEngines(2, Set.of("fast", "two words"))
                        .withJvm(
                                Optional.of("512m"),
                                List.of(folder.resolve("tools.jar"), folder),
                                List.of("-Dkey=value")));
    }

    @Test
    void aNameMayLookLikeANumber() throws IOException {
        write("name: 007");

        assertThat(ConfigFile.read(file).name()).contains("007");
    }

    @Test
    void whatIsNotSaidIsLeftOpen() throws IOException {
        write("# nothing but a comment\n");

        assertThat(ConfigFile.read(file).toSpec("default", 5)).isEqualTo(LaunchSpec.of("default", 5));
    }

    @Test
    void whatIsSaidFirstWins() throws IOException {
        write("name: night\nengines: 3\ntags: [file]");
        GridSettings options = new GridSettings(
                Optional.of("day"),
                Optional.empty(),
                Optional.of(2),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Set.of("option")));

        LaunchSpec spec = options.orElse(ConfigFile.read(file)).toSpec("default", 1);

        assertThat(spec).isEqualTo(LaunchSpec.of("day", 3).withEngines(2, Set.of("option")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "slotz: 2|:1: there is no setting 'slotz'; there are name, engines, slots, virtualSlots, heap, classpath, jvmArgs, tags",
                "`name: a\nengines: six`|:2: 'engines' is a whole number, such as 4, or auto; here it is 'six'",
                "engines: '4'|'engines' is a whole number, such as 4, or auto; here it is '4'",
                "engines: 2.5|here it is '2.5'",
                "engines: 99999999999|here it is '99999999999'",
                "engines: 0|:1: 'engines': a grid has at least 1 engine, not 0",
                "engines: [1]|here it is a list",
                "engines:|here it is nothing",
                "slots: auto|'slots' is a whole number, such as 1; here it is 'auto'",
                "slots: 4000|'slots': an engine has 1 to 1024 slots, not 4000",
                "virtualSlots: maybe|'virtualSlots' is true or false; here it is 'maybe'",
                "virtualSlots: 1|'virtualSlots' is true or false; here it is '1'",
                "heap: lots|'heap': a heap is a number with k, m or g behind it",
                "heap: {max: 1g}|'heap' is a size, such as 512m or 4g, or auto; here it is settings of its own",
                "name: a/b|'name': 'a/b' cannot be the name of a grid",
                "classpath: lib.jar|'classpath' is a list of paths, such as [lib/tools.jar]; here it is 'lib.jar'",
                "`classpath:\n  - missing.jar`|:2: 'classpath': there is no ",
                "jvmArgs: [Xmx1g]|'jvmArgs': an argument for a JVM begins with '-'",
                "tags: [[a]]|'tags' is a list of labels, such as [fast]; here it is a list",
                "`tags: [a, ~]`|here it is nothing",
                "tags: ['']|'tags': a tag has 1 to 64 characters that can be seen, and is not ''",
                "`name: a\nname: b`|:2: 'name' is set a second time",
                "- name: a|lines of the form 'setting: value'",
                "just text|lines of the form 'setting: value'",
                "`name: a\nslots: [1`|:2: this is not YAML",
                "`name: a\n---\nname: b`|this is not YAML",
                "`name: *nobody`|:1: this is not YAML"
            })
    void whatCannotBeIsToldWithFileAndLine(String text, String told) throws IOException {
        write(text);

        assertThatThrownBy(() -> ConfigFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(told);
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20)
    void virtualSlotsAreRefusedWithLineAndReasonWhereThereAreNone() throws IOException {
        write("name: a\nvirtualSlots: true");

        assertThatThrownBy(() -> ConfigFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "grid.yaml:2: 'virtualSlots': slots can be virtual threads from Java 21 on, and this is Java ");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void virtualSlotsAreRead() throws IOException {
        write("virtualSlots: true");

        assertThat(ConfigFile.read(file).toSpec("default", 1).virtualSlots()).isTrue();
    }

    @Test
    void allThatIsWrongIsToldAtOnce() throws IOException {
        write("name: -x\nslotz: 1\nengines: none\nheap: 1k\n");

        assertThatThrownBy(() -> ConfigFile.read(file))
                .hasMessageContainingAll(
                        "grid.yaml:1: 'name'", "grid.yaml:2: ", "grid.yaml:3: 'engines'", "grid.yaml:4: 'heap'");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        assertThatThrownBy(() -> ConfigFile.read(file)).hasMessageContaining("grid.yaml does not exist");
        assertThatThrownBy(() -> ConfigFile.read(folder)).hasMessageEndingWith("is a folder");
        Files.write(file, "name: Zürich".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> ConfigFile.read(file)).hasMessageContaining("not text in UTF-8");
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text);
    }
}
