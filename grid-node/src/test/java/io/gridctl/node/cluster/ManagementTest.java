package io.gridctl.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.internal.util.JVMUtil;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.management.MBeanServerFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ManagementTest {
    /** What an engine's process does first. */
    static final class Beginning {
        private Beginning() {}

        public static void main(String[] args) {
            Management.letSleep();
            boolean asleep = MBeanServerFactory.findMBeanServer(null).isEmpty();
            boolean woken = ManagementFactory.getPlatformMBeanServer().getMBeanCount() > 0;
            System.out.print(JVMUtil.REFERENCE_COST_IN_BYTES + " bytes, asleep " + asleep + ", woken " + woken);
        }
    }

    @ParameterizedTest
    @CsvSource({"-XX:+UseCompressedOops, 4", "-XX:-UseCompressedOops, 8"})
    void theSizeOfAReferenceIsFoundWhileTheManagementSleepsUntilSomebodyNeedsIt(String references, int bytes)
            throws IOException {
        String said = begin(references);

        assertThat(said).isEqualTo(bytes + " bytes, asleep true, woken true");
    }

    private static String begin(String references) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        references,
                        "-Xmx64m",
                        "-Dhazelcast.logging.type=none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Beginning.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
