package io.gridctl.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JvmCommandTest {
    private final GridFolder folder = GridHome.at(Path.of("/home/ada/.gridctl")).grid("default");
    private final LaunchSpec spec = LaunchSpec.of("default", 6);

    @Test
    void enginesShareMostOfTheMemory() {
        assertThat(JvmCommand.engine(folder, spec, 0, 12)).contains("-XX:MaxRAMPercentage=10.000");
    }

    @Test
    void aFixedHeapReplacesTheShare() {
        List<String> command = JvmCommand.engine(folder, spec.withJvm(Optional.of("2g"), List.of(), List.of()), 0, 12);

        assertThat(command).contains("-Xmx2g").noneMatch(argument -> argument.contains("MaxRAMPercentage"));
    }

    @Test
    void enginesShareTheCoresForCollectingGarbage() {
        assertThat(JvmCommand.engine(folder, spec, 0, 12)).contains("-XX:ParallelGCThreads=2");
        assertThat(JvmCommand.engine(folder, spec, 0, 2)).contains("-XX:ParallelGCThreads=1");
    }

    @Test
    void theUsersArgumentsComeLastSoThatTheyWin() {
        List<String> command =
                JvmCommand.engine(folder, spec.withJvm(Optional.empty(), List.of(), List.of("-XX:+UseSerialGC")), 5, 2);

        int end = command.size();
        assertThat(command.subList(end - 4, end))
                .containsExactly(
                        "-XX:+UseSerialGC",
                        EngineMain.class.getName(),
                        folder.path().toString(),
                        "5");
    }

    @Test
    void aCollectorThatTheUserChoosesIsTheOnlyOne() {
        List<String> command =
                JvmCommand.engine(folder, spec.withJvm(Optional.empty(), List.of(), List.of("-XX:+UseZGC")), 0, 2);

        assertThat(command).noneMatch(argument -> argument.contains("Parallel"));
    }

    @Test
    void aLargeHeapHasLittleRoomForWhatPassesThroughIt() {
        assertThat(engineWithHeap("2g")).contains("-Xmn256m");
        // As much as the whole heap: the JVM would complain.
        assertThat(engineWithHeap("256m")).noneMatch(argument -> argument.contains("NewSize"));
    }

    private List<String> engineWithHeap(String heap) {
        return JvmCommand.engine(folder, spec.withJvm(Optional.of(heap), List.of(), List.of()), 0, 2);
    }

    @Test
    void nothingSecretIsOnTheCommandLine() {
        assertThat(JvmCommand.anchor(folder, 2)).noneMatch(argument -> argument.contains("secret"));
    }

    @Test
    void whatOnlyNewerJvmsKnowIsLeftOutOnOlderOnes() {
        boolean newer = Runtime.version().feature() >= 24;

        assertThat(JvmCommand.opens().contains("--sun-misc-unsafe-memory-access=allow"))
                .isEqualTo(newer);
    }
}
