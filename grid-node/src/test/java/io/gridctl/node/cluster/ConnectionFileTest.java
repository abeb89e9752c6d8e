package io.gridctl.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gridctl.GridConnectionException;
import io.gridctl.GridNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionFileTest {
    @TempDir
    Path folder;

    private Path file;

    private final ConnectionFile content = new ConnectionFile(
            GridVersion.current(),
            "default",
            "00112233445566778899aabbccddeeff",
            List.of("127.0.0.1:17310", "127.0.0.1:17311"),
            4711,
            Instant.parse("2026-11-22T10:15:30Z"));

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("connection.json");
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        content.write(file);

        assertThat(ConnectionFile.read(file)).isEqualTo(content);
        assertThat(ConnectionFile.read(file).toSettings().seeds()).first().isEqualTo("127.0.0.1:17310");
    }

    @Test
    void onlyItsOwnerMayReadIt() throws IOException {
        content.write(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void theSecretIsNotInItsText() {
        assertThat(content.toString()).doesNotContain(content.secret());
    }

    @Test
    void everySecretIsNew() {
        assertThat(ConnectionFile.newSecret()).hasSize(32).isNotEqualTo(ConnectionFile.newSecret());
    }

    @Test
    void aMissingFileSaysHowToStartAGrid() {
        assertThatThrownBy(() -> ConnectionFile.read(file))
                .isInstanceOf(GridNotFoundException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("gridctl start");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no json", "[1, 2]", "{\"format\": 1", "{}", "\u0000\u0001"})
    void aBrokenFileIsNamed(String text) throws IOException {
        Files.writeString(file, text);

        assertThatThrownBy(() -> ConnectionFile.read(file))
                .isInstanceOf(GridConnectionException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("broken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"grid", "secret", "addresses", "anchorPid", "created", "gridctl", "format"})
    void aMissingFieldIsNamed(String field) throws IOException {
        content.write(file);
        var json = JsonFiles.read(file);
        json.remove(field);
        JsonFiles.write(file, json);

        assertThatThrownBy(() -> ConnectionFile.read(file))
                .isInstanceOf(GridConnectionException.class)
                .hasMessageContaining("'" + field + "'");
    }

    @Test
    void aFolderIsNoConnectionFile() throws IOException {
        Files.createDirectory(file);

        assertThatThrownBy(() -> ConnectionFile.read(file))
                .isInstanceOf(GridConnectionException.class)
                .hasMessageContaining("folder");
    }

    @Test
    void anotherVersionIsNamedOnBothSides() throws IOException {
        new ConnectionFile("9.9.9", "default", "00", List.of("127.0.0.1:1"), 1, Instant.EPOCH).write(file);

        assertThatThrownBy(() -> ConnectionFile.read(file))
                .isInstanceOf(GridConnectionException.class)
                .hasMessageContaining("9.9.9")
                .hasMessageContaining(GridVersion.current());
    }

    @Test
    void aNewerLayoutIsRefused() throws IOException {
        content.write(file);
        JsonFiles.write(file, JsonFiles.read(file).put("format", 2).put("gridctl", "1.0"));

        assertThatThrownBy(() -> ConnectionFile.read(file))
                .isInstanceOf(GridConnectionException.class)
                .hasMessageContaining("started by gridctl 1.0");
    }
}
