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
 * @param maxCallBytes how many bytes the function of a call with all that it captured, or an argument, may have; a
 *     larger one is refused with {@link NotShippableException}. What is pushed has no such limit.
 */
public record ConnectOptions(
        Optional<String> name, Optional<Path> file, int engines, Duration timeout, long maxCallBytes) {
    /** What a function or an argument may have in bytes unless told otherwise: 256 MB. */
    public static final long MAX_CALL_BYTES = 256L << 20;

    /** Checks the numbers. */
    public ConnectOptions {
        if (engines < 0) {
            throw new IllegalArgumentException("the number of engines to wait for cannot be negative: " + engines);
        }
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("the timeout cannot be negative: " + timeout);
        }
        if (maxCallBytes < 1) {
            throw new IllegalArgumentException("a call has at least one byte, so its limit cannot be " + maxCallBytes);
        }
    }

    /**
     * The running grid as it is, without waiting for its file or its engines.
     *
     * @return options for {@link Grid#connect()}
     */
    public static ConnectOptions defaults() {
        return new ConnectOptions(Optional.empty(), Optional.empty(), 0, Duration.ZERO, MAX_CALL_BYTES);
    }

    /**
     * A copy with a grid's name.
     *
     * @param newName the name
     * @return a copy
     */
    public ConnectOptions withName(String newName) {
        return new ConnectOptions(Optional.of(newName), Optional.empty(), engines, timeout, maxCallBytes);
    }

    /**
     * A copy with a connection file.
     *
     * @param newFile the file
     * @return a copy
     */
    public ConnectOptions withFile(Path newFile) {
        return new ConnectOptions(Optional.empty(), Optional.of(newFile), engines, timeout, maxCallBytes);
    }

    /**
     * A copy that waits for engines.
     *
     * @param newEngines how many must be ready
     * @return a copy
     */
    public ConnectOptions withEngines(int newEngines) {
        return new ConnectOptions(name, file, newEngines, timeout, maxCallBytes);
    }

    /**
     * A copy that waits.
     *
     * @param newTimeout how long to wait for the file, the grid and its engines together
     * @return a copy
     */
    public ConnectOptions withTimeout(Duration newTimeout) {
        return new ConnectOptions(name, file, engines, newTimeout, maxCallBytes);
    }

    /**
     * A copy with another limit for calls.
     *
     * @param bytes how many bytes a function with all that it captured, or an argument, may have; at least 1
     * @return a copy
     */
    public ConnectOptions withMaxCallBytes(long bytes) {
        return new ConnectOptions(name, file, engines, timeout, bytes);
    }
}
