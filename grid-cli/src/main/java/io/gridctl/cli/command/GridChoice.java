package io.gridctl.cli.command;

import io.gridctl.node.cluster.GridFolder;
import io.gridctl.node.cluster.GridHome;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says which grid. */
final class GridChoice {
    @Option(names = "--name", paramLabel = "NAME", description = "Which grid (default: the only one that runs).")
    private @Nullable String name;

    boolean isGiven() {
        return name != null;
    }

    /** The grid of the name that was given, which may not run; empty if none was. */
    Optional<GridFolder> named(GridHome home) {
        return Optional.ofNullable(name).map(home::grid);
    }

    /** The chosen grid, which runs. */
    GridFolder folder(GridHome home) {
        var running = home.running();
        if (name == null && running.size() > 1) {
            throw new IllegalArgumentException("several grids run here: "
                    + running.stream().map(GridFolder::name).collect(Collectors.joining(", "))
                    + "; say which one with --name");
        }
        return home.find(Optional.ofNullable(name));
    }
}
