package io.gridctl.node.client;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.core.HazelcastInstance;
import io.gridctl.ConnectOptions;
import io.gridctl.Grid;
import io.gridctl.GridConnectionException;
import io.gridctl.GridNotFoundException;
import io.gridctl.node.AsyncStages;
import io.gridctl.node.HazelcastSettings;
import io.gridctl.node.cluster.ConnectionFile;
import io.gridctl.node.cluster.GridHome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Finds a running grid by its connection file and connects to it. */
final class GridConnection {
    /** Names the connection file of the grid to use where a program does not name one. */
    private static final long POLL_MILLIS = 50;

    private static final long CONNECT_MILLIS = 5_000;

    private GridConnection() {}

    static Grid open(ConnectOptions options) throws InterruptedException {
        long end = System.nanoTime() + options.timeout().toNanos();
        Path file = awaitFile(options, end);
        ConnectionFile connection = ConnectionFile.read(file);
        Grid grid = connect(connection, file, options);
        Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        if (options.engines() > 0) {
            try {
                grid.awaitEngines(options.engines(), left);
            } catch (RuntimeException | InterruptedException e) {
                grid.close();
                throw e;
            }
        }
        return grid;
    }

    private static Path awaitFile(ConnectOptions options, long end) throws InterruptedException {
        while (true) {
            try {
                return find(options);
            } catch (GridNotFoundException notYet) {
                if (System.nanoTime() >= end) {
                    throw notYet;
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        }
    }

    private static Path find(ConnectOptions options) {
        String variable = System.getenv(ConnectionFile.VARIABLE);
        if (options.file().isPresent()) {
            return existing(options.file().get(), "");
        }
        if (options.name().isEmpty() && variable != null && !variable.isBlank()) {
            return existing(Path.of(variable), ", which " + ConnectionFile.VARIABLE + " names,");
        }
        return existing(GridHome.ofUser().find(options.name()).connectionFile(), "");
    }

    private static Path existing(Path file, String who) {
        if (!file.toFile().exists()) {
            throw new GridNotFoundException("the connection file " + file + who
                    + " does not exist; the grid is not running, or starting: gridctl start");
        }
        return file;
    }

    private static Grid connect(ConnectionFile connection, Path file, ConnectOptions options) {
        AsyncStages.ensure();
        HazelcastInstance client;
        try {
            client = HazelcastClient.newHazelcastClient(
                    HazelcastSettings.client(connection.toSettings(), CONNECT_MILLIS));
        } catch (IllegalStateException unreachable) {
            throw new GridConnectionException(
                    "grid '" + connection.grid() + "' does not answer at " + connection.addresses() + ", as " + file
                            + " says; if it is dead, clear it with: gridctl stop --name " + connection.grid(),
                    unreachable);
        }
        return new RemoteGrid(connection.grid(), client, true, options.maxCallBytes(), () -> {});
    }
}
