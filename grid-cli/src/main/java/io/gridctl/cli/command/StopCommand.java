package io.gridctl.cli.command;

import io.gridctl.GridNotFoundException;
import io.gridctl.node.cluster.GridFolder;
import io.gridctl.node.cluster.GridHome;
import io.gridctl.node.cluster.RunningGrid;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gridctl stop}. */
@Command(
        name = "stop",
        description = "End a grid at once, with everything its engines hold.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  gridctl stop                the only grid that runs",
            "  gridctl stop --name night   one of several",
            "  gridctl stop --all          all of them"
        })
public final class StopCommand implements Callable<Integer> {
    @Mixin
    private GridChoice choice = new GridChoice();

    @Option(names = "--all", description = "All grids of this user on this machine.")
    private boolean all;

    @Spec
    private CommandSpec command;

    /** Made by the command line. */
    StopCommand() {}

    @Override
    public Integer call() {
        if (all && choice.isGiven()) {
            throw new IllegalArgumentException("say --name or --all, not both");
        }
        GridHome home = GridHome.ofUser();
        // One that is named is cleared even if it is dead, so that nobody finds its connection file any more.
        List<GridFolder> grids =
                all ? home.running() : List.of(choice.named(home).orElseGet(() -> choice.folder(home)));
        if (grids.isEmpty()) {
            throw new GridNotFoundException("nothing to stop: no grid runs here");
        }
        PrintWriter out = command.commandLine().getOut();
        for (GridFolder grid : grids) {
            RunningGrid.stop(grid);
            out.println("grid '" + grid.name() + "' stopped");
            out.flush();
        }
        return 0;
    }
}
