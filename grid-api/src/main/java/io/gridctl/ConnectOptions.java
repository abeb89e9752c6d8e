package io.gridctl;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Which grid to connect to, and how long to wait for it.
 *
 * @param name the grid's name; if neither a name nor a file is given, the file that the environment variable
 *     {@code GRIDCTL_GRID} names, or else the one grid that runs
 * @param file the grid's connection file
 * @param engines how many engines must be ready before the connection is handed out
 * @param timeout how long to wait for the file, the grid and the engines together; zero to not wait for the file
 */
public record ConnectOptions(Optional<String> name, Optional<Path> file, int engines, Duration timeout) {
    /** Checks the numbers. */
    public ConnectOptions {
        if (engines < 0) {
            throw new IllegalArgumentException("the number of engines to wait for cannot be negative: " + engines);
        }
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("the timeout cannot be negative: " + timeout);
        }
    }

    /**
     * The running grid as it is, without waiting for its file or its engines.
     *
     * @return options for {@link Grid#connect()}
     */
    public static ConnectOptions defaults() {
        return new ConnectOptions(Optional.empty(), Optional.empty(), 0, Duration.ZERO);
    }

    /**
     * A copy with a grid's name.
     *
     * @param newName the name
     * @return a copy
     */
    public ConnectOptions withName(String newName) {
        return new ConnectOptions(Optional.of(newName), Optional.empty(), engines, timeout);
    }

    /**
     * A copy with a connection file.
     *
     * @param newFile the file
     * @return a copy
     */
    public ConnectOptions withFile(Path newFile) {
        return new ConnectOptions(Optional.empty(), Optional.of(newFile), engines, timeout);
    }

    /**
     * A copy that waits for engines.
     *
     * @param newEngines how many must be ready
     * @return a copy
     */
    public ConnectOptions withEngines(int newEngines) {
        return new ConnectOptions(name, file, newEngines, timeout);
    }

    /**
     * A copy that waits.
     *
     * @param newTimeout how long to wait for the file, the grid and its engines together
     * @return a copy
     */
    public ConnectOptions withTimeout(Duration newTimeout) {
        return new ConnectOptions(name, file, engines, newTimeout);
    }
}
