package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gridctl.Grid;
import io.gridctl.GridConnectionException;
import io.gridctl.GridNotFoundException;
import io.gridctl.node.cluster.GridVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program is told that connects to something that is no grid, or not its own. */
@Timeout(60)
@Tag("any-jvm")
class ConnectTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("connection.json");
    }

    private void write(String version, String addresses) throws IOException {
        Files.writeString(file, """
                {"format": 1, "gridctl": "%s", "grid": "night", "secret": "00112233445566778899aabbccddeeff",
                 "addresses": %s, "anchorPid": 1, "created": "2026-11-22T10:15:30Z"}
                """.formatted(version, addresses));
    }

    @Test
    void aDeadGridIsNamedWithItsFileAndTheRemedy() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        write(GridVersion.current(), "[\"127.0.0.1:" + free + "\"]");

        assertThatThrownBy(() -> Grid.connect(file))
                .isInstanceOf(GridConnectionException.class)
                .hasMessage("grid 'night' does not answer at [127.0.0.1:" + free + "], as " + file
                        + " says; if it is dead, clear it with: gridctl stop --name night");
    }

    @Test
    void aFileOfAnotherGridThanTheOneThatListensThereIsRefused() throws IOException {
        try (TestGrid grid = new TestGrid(1)) {
            write(GridVersion.current(), "[\"" + grid.address() + "\"]");

            assertThatThrownBy(() -> Grid.connect(file))
                    .isInstanceOf(GridConnectionException.class)
                    .hasMessageContaining("grid 'night' does not answer at [" + grid.address() + "]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"nonsense\"]", "[\"127.0.0.1:99999\"]", "[\"127.0.0.1:\"]", "[\"\"]", "[5]", "[\":1\"]"})
    void anAddressThatIsNoneIsABrokenFile(String addresses) throws IOException {
        write(GridVersion.current(), addresses);

        assertThatThrownBy(() -> Grid.connect(file))
                .isInstanceOf(GridConnectionException.class)
                .hasMessageContaining("the connection file " + file + " is broken: ")
                .hasMessageContaining("no address of a member");
    }

    @Test
    void aClientOfAnotherVersionIsToldBoth() throws IOException {
        write("0.0.7", "[\"127.0.0.1:1\"]");

        assertThatThrownBy(() -> Grid.connect(file))
                .isInstanceOf(GridConnectionException.class)
                .hasMessageContaining("started by gridctl 0.0.7, and this is gridctl " + GridVersion.current())
                .hasMessageContaining("use the same version on both sides");
    }

    @Test
    void aFileThatIsCutOffIsBroken() throws IOException {
        write(GridVersion.current(), "[\"127.0.0.1:1\"]");
        String whole = Files.readString(file);

        for (int length : new int[] {0, 1, whole.length() / 2, whole.length() - 3}) {
            Files.writeString(file, whole.substring(0, length));

            assertThatThrownBy(() -> Grid.connect(file))
                    .isInstanceOf(GridConnectionException.class)
                    .hasMessageContaining("is broken")
                    .hasMessageContaining("stop the grid and start it again");
        }
    }

    @Test
    void aFileThatIsNotThereSaysHowToStart() {
        assertThat(file).doesNotExist();

        assertThatThrownBy(() -> Grid.connect(file))
                .isInstanceOf(GridNotFoundException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("gridctl start");
    }
}
