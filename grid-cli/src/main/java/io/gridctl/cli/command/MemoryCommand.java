package io.gridctl.cli.command;

import io.gridctl.ConnectOptions;
import io.gridctl.Grid;
import io.gridctl.cli.output.Format;
import io.gridctl.cli.output.MemoryReport;
import io.gridctl.node.cluster.GridFolder;
import io.gridctl.node.cluster.GridHome;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gridctl memory}. */
@Command(
        name = "memory",
        description = {
            "List what a grid holds, by size and owner: named values, classes, results that were not fetched yet.",
            "Values stay where they are; a large one that several engines share counts once in the sum."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gridctl memory                 the only grid that runs",
            "  gridctl memory -o json         the same for programs"
        })
public final class MemoryCommand implements Callable<Integer> {
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
    MemoryCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        GridFolder folder = choice.folder(GridHome.ofUser());
        ConnectOptions options = ConnectOptions.defaults().withFile(folder.connectionFile());
        MemoryReport report;
        try (Grid grid = Grid.connect(options)) {
            report = new MemoryReport(grid.memory());
        }
        PrintWriter out = command.commandLine().getOut();
        out.print(format == Format.JSON ? report.toJson() : report.toTable());
        out.flush();
        return 0;
    }
}
