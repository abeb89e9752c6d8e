package io.gridctl.cli.command;

import io.gridctl.ConnectOptions;
import io.gridctl.EngineSelector;
import io.gridctl.Grid;
import io.gridctl.MapResult;
import io.gridctl.TextReply;
import io.gridctl.cli.output.TextOutput;
import io.gridctl.node.cluster.GridHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gridctl px}. */
@Command(
        name = "px",
        description = {
            "Run Java text, as JShell takes it, on the engines of a grid, and print what they print and its last value.",
            "What it declares stays there: variables are the engines' named values."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gridctl px 'int a = 5;'                      a variable on every engine",
            "  gridctl px --targets 0,2 'a * 2'             its double, on two of them",
            "  gridctl px --targets ::2 'a++;'              every second engine",
            "  gridctl px - < Setup.java                    a text from standard input"
        })
public final class PxCommand implements Callable<Integer> {
    @Mixin
    private GridChoice choice = new GridChoice();

    @Option(
            names = "--targets",
            paramLabel = "ENGINES",
            defaultValue = "all",
            converter = TargetChoice.class,
            description = "Which engines: all, ids (0,2), or positions from:to:step (::2); default: all.")
    private EngineSelector targets = EngineSelector.all();

    @Option(
            names = "--group",
            paramLabel = "HOW",
            defaultValue = "type",
            description = "What stands together: engine, type, or order, which prints as it comes"
                    + " (default: ${DEFAULT-VALUE}).")
    private TextOutput.Group group = TextOutput.Group.TYPE;

    @Parameters(index = "0", paramLabel = "TEXT", description = "The text; - for standard input.")
    private String text = "";

    @Spec
    private CommandSpec command;

    /** Made by the command line. */
    PxCommand() {}

    @Override
    public Integer call() throws IOException {
        String code = text.equals("-") ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8) : text;
        ConnectOptions options = ConnectOptions.defaults()
                .withFile(choice.folder(GridHome.ofUser()).connectionFile());
        Signals signals = Signals.interruptThisThread();
        try (Grid grid = Grid.connect(options)) {
            run(grid.engines(targets).executeAsync(code));
            return 0;
        } catch (InterruptedException e) {
            return signals.exitCode();
        }
    }

    private void run(MapResult<TextReply> result) throws InterruptedException {
        try {
            new TextOutput(command.commandLine().getOut(), command.commandLine().getErr()).print(result, group);
            result.await(); // tells of failures, each once
        } catch (InterruptedException e) {
            result.cancel(true);
            throw e;
        }
    }
}
