package io.gridctl.cli.code;

import io.gridctl.Grid;
import io.gridctl.cli.Gridctl;
import io.gridctl.cli.Gridctl.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One grid of two engine processes for all tests that ask for it; it ends with the last of them. */
public final class SharedEngines implements ParameterResolver {
    static final int COUNT = 2;

    /** The grid that runs. */
    public static final class Engines implements AutoCloseable {
        private final Path folder;
        private final Gridctl gridctl;

        private Engines() {
            try {
                folder = Files.createTempDirectory("gridctl-code-it-");
                gridctl = new Gridctl(folder);
                Result start = gridctl.run("start", "-n", "" + COUNT, "--detach");
                if (start.exitCode() != 0) {
                    throw new AssertionError("the engines did not start: " + start.err());
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }

        /** A client that has sent nothing yet. */
        Grid connect() throws InterruptedException {
            return Grid.connect(connectionFile());
        }

        Path connectionFile() {
            return gridctl.grid().connectionFile();
        }

        Gridctl gridctl() {
            return gridctl;
        }

        /** Where a program in a process of its own finds the grid. */
        Map<String, String> environment() {
            return Map.of("GRIDCTL_GRID", connectionFile().toString());
        }

        @Override
        public void close() throws IOException {
            gridctl.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Engines.class;
    }

    @Override
    public Engines resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SharedEngines.class))
                .computeIfAbsent(Engines.class, key -> new Engines(), Engines.class);
    }
}
