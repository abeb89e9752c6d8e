package io.gridctl.cli.command;

import io.gridctl.ConnectOptions;
import io.gridctl.Grid;
import io.gridctl.cli.shell.Shell;
import io.gridctl.node.cluster.GridHome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gridctl shell}. */
@Command(
        name = "shell",
        description = {
            "A prompt for Java, as JShell takes it, where grid, all and lbv are the grid, all its engines, and the view that"
                    + " chooses; lines such as %%px are for the engines. %%help lists them.",
            "Standard input that is no terminal is a script, which ends with its first line that fails."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gridctl shell                     on the grid that runs",
            "  gridctl shell -n 4                on four engines of its own, which end with it",
            "  gridctl shell < setup.jsh         a script"
        })
public final class ShellCommand implements Callable<Integer> {
    private static final String HISTORY = "history";

    /** The launcher says so, where standard input and output are a terminal; Java's own answer depends on its version. */
    private static final String PROMPT = "gridctl.prompt";

    @Option(names = "-n", paramLabel = "N", description = "Start N engines for this shell alone.")
    private @Nullable Integer engines;

    @Mixin
    private GridChoice choice = new GridChoice();

    @Mixin
    private GridShape shape = new GridShape();

    @Spec
    private CommandSpec command;

    /** Made by the command line. */
    ShellCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        boolean ownEngines = engines != null || shape.hasFile();
        shape.check(ownEngines, choice);
        if (!ownEngines) {
            return runOn(choice.folder(GridHome.ofUser()).connectionFile());
        }
        try (OwnEngines own = OwnEngines.start("shell", shape, engines)) {
            Thread stop = new Thread(own::close, "stop-own-engines"); // should a line end this process
            Runtime.getRuntime().addShutdownHook(stop);
            own.awaitReady(err());
            int code = runOn(own.connectionFile());
            Runtime.getRuntime().removeShutdownHook(stop);
            return code;
        }
    }

    private int runOn(Path connection) throws IOException, InterruptedException {
        try (Grid grid = Grid.connect(ConnectOptions.defaults().withFile(connection))) {
            if (!Boolean.getBoolean(PROMPT)) {
                return runScript(grid);
            }
            try (Shell shell = Shell.atTerminal(grid, GridHome.ofUser().root().resolve(HISTORY))) {
                return shell.run();
            }
        }
    }

    private int runScript(Grid grid) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Shell shell = Shell.ofScript(grid, lines, command.commandLine().getOut(), err())) {
            Signals signals = Signals.onEnd(shell::end);
            int code = shell.run();
            return signals.came() ? signals.exitCode() : code;
        }
    }

    private PrintWriter err() {
        return command.commandLine().getErr();
    }
}
