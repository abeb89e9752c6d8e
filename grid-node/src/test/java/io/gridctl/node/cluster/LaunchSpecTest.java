package io.gridctl.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchSpecTest {
    @TempDir
    Path folder;

    private final LaunchSpec spec = LaunchSpec.of("default", 4);

    @Test
    void whatIsWrittenIsRead() throws IOException {
        LaunchSpec full = spec.withEngines(2, Set.of("b", "a"))
                .withJvm(Optional.of("512m"), List.of(folder), List.of("-Dkey=a b"))
                .withWorkFolder(folder);
        Path file = folder.resolve("spec.json");

        full.write(file);

        assertThat(LaunchSpec.read(file)).isEqualTo(full);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void virtualSlotsAreWrittenReadAndGivenToTheEngines() throws IOException {
        LaunchSpec virtual = spec.withVirtualSlots(true).withEngines(3, Set.of());
        Path file = folder.resolve("spec.json");

        virtual.write(file);

        assertThat(LaunchSpec.read(file)).isEqualTo(virtual);
        assertThat(LaunchSpec.read(file).engine(0).virtualSlots()).isTrue();
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20)
    void virtualSlotsAreRefusedWhereThereAreNone() {
        assertThatThrownBy(() -> spec.withVirtualSlots(true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from Java 21 on");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void aGridHasEngines(int engines) {
        assertThatThrownBy(() -> LaunchSpec.of("default", engines))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a grid has at least 1 engine, not " + engines);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "2gb", "-1g", "0", "1.5g", "2 g", "16m", "9999999999t", "99999999999"})
    void aHeapThatTheJvmWouldRefuseIsRefusedFirst(String heap) {
        assertThatThrownBy(() -> spec.withJvm(Optional.of(heap), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("heap");
    }

    @ParameterizedTest
    @ValueSource(strings = {"32m", "512M", "4g", "1T", "67108864"})
    void aHeapIsGivenAsForTheJvm(String heap) {
        assertThat(spec.withJvm(Optional.of(heap), List.of(), List.of()).heap()).contains(heap);
    }

    @Test
    void memoryLimitsTheNumberOfEngines() {
        assertThat(LaunchSpec.mostEngines(8L << 30)).isEqualTo(64);
        assertThat(LaunchSpec.mostEngines(1L << 50)).isEqualTo(LaunchSpec.MOST_ENGINES);
        assertThat(LaunchSpec.mostEngines(0)).isEqualTo(1);
    }

    @Test
    void moreEnginesThanFitAreRefusedBeforeAnythingIsChanged() {
        GridHome home = GridHome.at(folder.resolve("home"));

        assertThatThrownBy(() -> GridLauncher.start(home, LaunchSpec.of("default", 5000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5000 engines do not fit");
        assertThat(home.root()).doesNotExist();
    }

    @Test
    void aClassPathThatDoesNotExistIsRefusedBeforeAnythingIsChanged() {
        GridHome home = GridHome.at(folder.resolve("home"));
        Path missing = folder.resolve("missing.jar");

        assertThatThrownBy(() -> GridLauncher.start(home, spec.withJvm(Optional.empty(), List.of(missing), List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(missing.toString());
        assertThat(home.root()).doesNotExist();
    }
}
