package io.gridctl.cli.command;

import io.gridctl.ConnectOptions;
import io.gridctl.Grid;
import io.gridctl.cli.output.Format;
import io.gridctl.cli.output.StatusReport;
import io.gridctl.node.cluster.GridFolder;
import io.gridctl.node.cluster.GridHome;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gridctl status}. */
@Command(
        name = "status",
        description = "Show a grid and its engines.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  gridctl status                 the only grid that runs",
            "  gridctl status -o json         the same for programs"
        })
public final class StatusCommand implements Callable<Integer> {
    @Mixin
    private GridChoice choice = new GridChoice();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table or json (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TABLE;

    @Spec
    private CommandSpec command;

    /** Made by the command line. */
    StatusCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        GridFolder folder = choice.folder(GridHome.ofUser());
        ConnectOptions options = ConnectOptions.defaults().withFile(folder.connectionFile());
        StatusReport report;
        try (Grid grid = Grid.connect(options)) {
            report = new StatusReport(grid.status(), folder.state());
        }
        PrintWriter out = command.commandLine().getOut();
        out.print(format == Format.JSON ? report.toJson() : report.toTable());
        out.flush();
        return 0;
    }
}
