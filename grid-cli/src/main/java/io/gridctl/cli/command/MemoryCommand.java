package io.gridctl.cli.command;

import io.gridctl.cli.output.MemoryReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
    private GridReport report = new GridReport();

    /** Made by the command line. */
    MemoryCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        return report.print((grid, folder) -> new MemoryReport(grid.memory()));
    }
}
