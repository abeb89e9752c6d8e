package io.gridctl.cli.command;

import io.gridctl.cli.output.StartProgress;
import io.gridctl.node.cluster.GridHome;
import io.gridctl.node.cluster.GridLauncher;
import io.gridctl.node.cluster.LaunchSpec;
import io.gridctl.node.cluster.RunningGrid;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gridctl start}. */
@Command(
        name = "start",
        description = {
            "Start a grid on this machine: engines, and an anchor that watches them.",
            "Stays in the foreground until the grid ends; Ctrl-C ends it. When the terminal is closed the grid goes "
                    + "on, as with --detach."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gridctl start                       one engine per core",
            "  gridctl start -n 6 --heap 2g        six engines with 2 GB each",
            "  gridctl start --name night --detach a second grid, in the background",
            "  gridctl start --classpath lib.jar   a library that programs need not bring",
            "  gridctl start --config grid.yaml    what a file says"
        })
public final class StartCommand implements Callable<Integer> {
    @Option(names = "-n", paramLabel = "N", description = "Number of engines (default: the usable cores).")
    private @Nullable Integer engines;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The grid's name (default: " + GridHome.DEFAULT_NAME + ").")
    private @Nullable String name;

    @Option(names = "--detach", description = "Return when the engines are ready, and leave them running.")
    private boolean detach;

    @Mixin
    private GridShape shape = new GridShape();

    @Spec
    private CommandSpec command;

    /** Made by the command line. */
    StartCommand() {}

    @Override
    public Integer call() {
        LaunchSpec spec = shape.settings(Optional.ofNullable(name), Optional.ofNullable(engines))
                .toSpec(GridHome.DEFAULT_NAME, Runtime.getRuntime().availableProcessors());
        Signals signals = Signals.interruptThisThread();
        signals.endQuietlyOnHangUp();
        RunningGrid grid = GridLauncher.start(GridHome.ofUser(), spec);
        PrintWriter out = command.commandLine().getOut();
        StartProgress progress = new StartProgress(command.commandLine().getErr(), spec.engines());
        try {
            try {
                grid.awaitReady(progress::show);
            } finally {
                progress.close();
            }
            out.println(spec.engines() + (spec.engines() == 1 ? " engine ready" : " engines ready"));
            out.println("connection file: " + grid.connectionFile());
            out.flush();
            if (!detach) {
                grid.awaitEnd(progress::showTroubles);
            }
            return 0;
        } catch (InterruptedException e) {
            grid.stop();
            return signals.exitCode();
        }
    }
}
