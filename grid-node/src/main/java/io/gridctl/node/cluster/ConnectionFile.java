package io.gridctl.node.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.gridctl.GridConnectionException;
import io.gridctl.GridNotFoundException;
import io.gridctl.node.NodeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a client needs to reach a grid. The file holds the grid's secret, so only its owner may read it.
 *
 * @param version the gridctl that started the grid
 * @param grid the grid's name
 * @param secret what members and clients prove themselves with
 * @param addresses members as {@code host:port}, the anchor first
 * @param anchorPid the process that watches the engines
 * @param created when the grid was started
 */
public record ConnectionFile(
        String version, String grid, String secret, List<String> addresses, long anchorPid, Instant created) {
    /** The layout of the file; one higher when an older gridctl could not read it. */
    static final int FORMAT = 1;

    /** The environment variable that names the file of the grid to connect to. */
    public static final String VARIABLE = "GRIDCTL_GRID";

    private static final int SECRET_BYTES = 16;
    private static final int HIGHEST_PORT = 65_535;

    /** Copies the list. */
    public ConnectionFile {
        addresses = List.copyOf(addresses);
    }

    /** The secret is left out, for logs. */
    @Override
    public String toString() {
        return "ConnectionFile[" + grid + " " + version + " " + addresses + "]";
    }

    static String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * Reads a connection file.
     *
     * @param file where it is
     * @return its content
     * @throws GridNotFoundException if there is no such file
     * @throws GridConnectionException if it cannot be used: broken, unreadable, or of another gridctl
     */
    public static ConnectionFile read(Path file) {
        JsonFields json;
        try {
            json = JsonFiles.read(file);
        } catch (JsonProcessingException e) {
            throw broken(file, "it is not JSON", e);
        } catch (IOException e) {
            if (!Files.exists(file)) {
                throw new GridNotFoundException(
                        "there is no connection file " + file + "; start a grid with: gridctl start", e);
            }
            if (!Files.isReadable(file)) {
                throw new GridConnectionException(
                        "the connection file " + file + " may be read by its owner only, and this user is not", e);
            }
            throw broken(file, Files.isDirectory(file) ? "it is a folder" : String.valueOf(e.getMessage()), e);
        }
        return parse(file, json);
    }

    private static ConnectionFile parse(Path file, JsonFields json) {
        OptionalLong format = json.number("format");
        if (format.isEmpty()) {
            throw broken(file, "the field 'format' is missing", null);
        }
        String version = text(file, json, "gridctl");
        if (format.getAsLong() != FORMAT || !version.equals(GridVersion.current())) {
            throw new GridConnectionException("the grid of " + file + " was started by gridctl " + version
                    + ", and this is gridctl " + GridVersion.current()
                    + "; use the same version on both sides, or stop "
                    + "the grid and start it again");
        }
        List<String> addresses = json.texts("addresses");
        if (addresses.isEmpty()) {
            throw broken(file, "the field 'addresses' is missing", null);
        }
        for (String address : addresses) {
            if (!isAddress(address)) {
                throw broken(file, "'" + address + "' in 'addresses' is no address of a member", null);
            }
        }
        OptionalLong anchorPid = json.number("anchorPid");
        if (anchorPid.isEmpty()) {
            throw broken(file, "the field 'anchorPid' is missing", null);
        }
        try {
            return new ConnectionFile(
                    version,
                    text(file, json, "grid"),
                    text(file, json, "secret"),
                    addresses,
                    anchorPid.getAsLong(),
                    Instant.parse(text(file, json, "created")));
        } catch (DateTimeParseException e) {
            throw broken(file, "the field 'created' is no time", e);
        }
    }

    private static boolean isAddress(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            return false;
        }
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            return port > 0 && port <= HIGHEST_PORT;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static String text(Path file, JsonFields json, String field) {
        return json.text(field)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> broken(file, "the field '" + field + "' is missing", null));
    }

    private static GridConnectionException broken(Path file, String why, @Nullable Throwable cause) {
        String message = "the connection file " + file + " is broken: " + why
                + "; stop the grid and start it again, or copy the file anew";
        return cause == null ? new GridConnectionException(message) : new GridConnectionException(message, cause);
    }

    /**
     * Writes the file in one step: a reader sees the old one or the new one.
     *
     * @param file where to
     * @throws IOException if it cannot be written
     */
    void write(Path file) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("gridctl", version);
        json.put("grid", grid);
        json.put("secret", secret);
        json.put("addresses", addresses);
        json.put("anchorPid", anchorPid);
        json.put("created", created.toString());
        JsonFiles.write(file, json);
    }

    ConnectionFile withAddresses(List<String> newAddresses) {
        return new ConnectionFile(version, grid, secret, newAddresses, anchorPid, created);
    }

    /**
     * What a client or an engine joins with; the seeds are all addresses.
     *
     * @return settings of a node of this grid
     */
    public NodeSettings toSettings() {
        return new NodeSettings(grid, secret, addresses, NodeSettings.LOOPBACK);
    }
}
