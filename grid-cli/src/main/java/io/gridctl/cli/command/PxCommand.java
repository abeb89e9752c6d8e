package io.gridctl.cli.command;

import io.gridctl.ConnectOptions;
import io.gridctl.EngineSelector;
import io.gridctl.Grid;
import io.gridctl.MapResult;
import io.gridctl.TextReply;
import io.gridctl.cli.output.TextOutput;
import io.gridctl.cli.shell.TargetChoice;
import io.gridctl.node.cluster.BackgroundCall;
import io.gridctl.node.cluster.GridFolder;
import io.gridctl.node.cluster.GridHome;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
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
            "  gridctl px - < Setup.java                    a text from standard input",
            "  gridctl px --no-block 'compute()'            begins it, and says a number",
            "  gridctl px --result 1                        waits for number 1 and prints what came of it",
            "  gridctl px --cancel 1                        ends number 1"
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

    @Option(
            names = "--no-block",
            description = "Return as soon as the engines have the text, and print a number for --result and --cancel.")
    private boolean noBlock;

    @ArgGroup(multiplicity = "1")
    private Work work = new Work();

    @Spec
    private CommandSpec command;

    /** What is to be done: something new, or something about what was begun with --no-block. */
    private static final class Work {
        @Parameters(index = "0", paramLabel = "TEXT", description = "The text; - for standard input.")
        private @Nullable String text;

        @Option(
                names = "--result",
                paramLabel = "NUMBER",
                description =
                        "Wait for what --no-block began, and print what came of it; as often as you like, until the"
                                + " grid is stopped.")
        private @Nullable Integer result;

        @Option(names = "--cancel", paramLabel = "NUMBER", description = "Cancel what --no-block began.")
        private @Nullable Integer cancel;
    }

    /** Made by the command line. */
    PxCommand() {}

    @Override
    public Integer call() throws IOException {
        GridFolder folder = choice.folder(GridHome.ofUser());
        Signals signals = Signals.interruptThisThread();
        try {
            if (work.result != null) {
                return BackgroundCall.of(folder, work.result).awaitEnd(out(), err());
            }
            if (work.cancel != null) {
                BackgroundCall.of(folder, work.cancel).cancel();
                return 0;
            }
            String text = Objects.requireNonNull(work.text);
            String code = text.equals("-") ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8) : text;
            return noBlock ? begin(folder, code) : run(folder, code);
        } catch (InterruptedException e) {
            return signals.exitCode();
        }
    }

    /** The same command, in a process that goes on. */
    private int begin(GridFolder folder, String code) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("px", "--name", folder.name()));
        for (String option : List.of("--targets", "--group")) {
            OptionSpec given = command.commandLine().getParseResult().matchedOption(option);
            if (given != null) {
                arguments.addAll(List.of(option, given.originalStringValues().get(0)));
            }
        }
        arguments.add("-");
        BackgroundCall call =
                BackgroundCall.start(folder, command.root().userObject().getClass(), arguments, code);
        if (!call.awaitBegun()) {
            return call.awaitEnd(out(), err());
        }
        out().println(call.id());
        return 0;
    }

    private int run(GridFolder folder, String code) throws InterruptedException {
        ConnectOptions options = ConnectOptions.defaults().withFile(folder.connectionFile());
        try (Grid grid = Grid.connect(options)) {
            MapResult<TextReply> result = grid.engines(targets).executeAsync(code);
            BackgroundCall.ofThisProcess().ifPresent(BackgroundCall::begun);
            print(result);
            return 0;
        }
    }

    private void print(MapResult<TextReply> result) throws InterruptedException {
        try {
            new TextOutput(out(), err()).print(result, group);
            result.await(); // tells of failures, each once
        } catch (InterruptedException e) {
            result.cancel(true);
            throw e;
        }
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }

    private PrintWriter err() {
        return command.commandLine().getErr();
    }
}
