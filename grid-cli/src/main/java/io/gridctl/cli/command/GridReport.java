package io.gridctl.cli.command;

import io.gridctl.ConnectOptions;
import io.gridctl.Grid;
import io.gridctl.cli.output.Format;
import io.gridctl.cli.output.Report;
import io.gridctl.node.cluster.GridFolder;
import io.gridctl.node.cluster.GridHome;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of commands that tell something of a grid, and how they do. */
final class GridReport {
    @Mixin
    private GridChoice choice = new GridChoice();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table or json (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TABLE;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** Asks a grid. */
    interface Question {
        Report ask(Grid grid, GridFolder folder) throws InterruptedException;
    }

    /** Connects to the chosen grid, asks it and prints the answer. */
    int print(Question question) throws InterruptedException {
        GridFolder folder = choice.folder(GridHome.ofUser());
        ConnectOptions options = ConnectOptions.defaults().withFile(folder.connectionFile());
        Report report;
        try (Grid grid = Grid.connect(options)) {
            report = question.ask(grid, folder);
        }
        PrintWriter out = command.commandLine().getOut();
        out.print(format == Format.JSON ? report.toJson() : report.toTable());
        out.flush();
        return 0;
    }
}
