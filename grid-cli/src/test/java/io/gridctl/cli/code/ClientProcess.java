package io.gridctl.cli.code;

import io.gridctl.cli.Gridctl;
import io.gridctl.cli.code.SharedEngines.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program in a process of its own, which finds the shared grid as any program would. */
final class ClientProcess implements AutoCloseable {
    private final Process process;
    private final Path out;

    private ClientProcess(Process process, Path out) {
        this.process = process;
        this.out = out;
    }

    /** Starts {@code java} with these arguments; its output goes to a file in the folder. */
    static ClientProcess java(Engines engines, Path folder, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(System.getProperty("gridctl.java"), "-Xmx256m", "-XX:+UseSerialGC"));
        command.addAll(List.of(arguments));
        return start(engines, folder, command);
    }

    static ClientProcess start(Engines engines, Path folder, List<String> command) throws IOException {
        Path out = Files.createTempFile(folder, "client", ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().putAll(engines.environment());
        return new ClientProcess(builder.start(), out);
    }

    /** Gives it a text to read, and nothing more. */
    ClientProcess type(String text) throws IOException {
        try (var in = process.outputWriter()) {
            in.write(text);
        }
        return this;
    }

    String output() throws IOException {
        return Files.readString(out);
    }

    /** Waits for its end and gives what it printed. */
    String await() throws IOException, InterruptedException {
        if (!process.waitFor(Gridctl.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the client still runs: " + output());
        }
        return output();
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
