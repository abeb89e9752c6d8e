package io.gridctl.cli.command;

import io.gridctl.cli.output.StatusReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
    private GridReport report = new GridReport();

    /** Made by the command line. */
    StatusCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        return report.print((grid, folder) -> new StatusReport(grid.status(), folder.state()));
    }
}
