package io.gridctl.cli.command;

import io.gridctl.cli.output.StartProgress;
import io.gridctl.node.cluster.GridHome;
import io.gridctl.node.cluster.GridLauncher;
import io.gridctl.node.cluster.LaunchSpec;
import io.gridctl.node.cluster.RunningGrid;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Engines that a command starts for itself and that end with it. */
final class OwnEngines implements AutoCloseable {
    private final LaunchSpec spec;
    private final RunningGrid grid;

    private OwnEngines(LaunchSpec spec, RunningGrid grid) {
        this.spec = spec;
        this.grid = grid;
    }

    /** Starts them, without waiting. */
    static OwnEngines start(String what, GridShape shape, @Nullable Integer engines) {
        LaunchSpec spec = shape.settings(Optional.of(GridHome.privateName(what)), Optional.ofNullable(engines))
                .toSpec(GridHome.DEFAULT_NAME, Runtime.getRuntime().availableProcessors());
        return new OwnEngines(spec, GridLauncher.start(GridHome.ofUser(), spec));
    }

    void awaitReady(PrintWriter err) throws InterruptedException {
        try (StartProgress progress = new StartProgress(err, spec.engines())) {
            grid.awaitReady(progress::show);
        }
    }

    Path connectionFile() {
        return grid.connectionFile();
    }

    @Override
    public void close() {
        grid.stop();
        grid.folder().remove();
    }
}
