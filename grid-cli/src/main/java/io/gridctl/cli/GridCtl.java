package io.gridctl.cli;

import io.gridctl.cli.command.MemoryCommand;
import io.gridctl.cli.command.PerfCommand;
import io.gridctl.cli.command.PxCommand;
import io.gridctl.cli.command.RunCommand;
import io.gridctl.cli.command.ShellCommand;
import io.gridctl.cli.command.StartCommand;
import io.gridctl.cli.command.StatusCommand;
import io.gridctl.cli.command.StopCommand;
import io.gridctl.node.cluster.BackgroundCall;
import io.gridctl.node.cluster.GridVersion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root command. */
@Command(
        name = "gridctl",
        description = "Parallel computing for Java programs, on engines that this machine or others provide.",
        versionProvider = GridCtl.Version.class,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            StartCommand.class,
            StopCommand.class,
            StatusCommand.class,
            MemoryCommand.class,
            RunCommand.class,
            PxCommand.class,
            ShellCommand.class,
            PerfCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gridctl start -n 6            six engines, until Ctrl-C",
            "  gridctl status                how they are",
            "  gridctl memory                what they hold",
            "  gridctl run Pi.java           a program that uses them",
            "  gridctl run -n 4 Pi.java      the same on four engines of its own",
            "  gridctl px 'int a = 5;'       Java text, on every engine",
            "  gridctl shell                 a prompt for Java, here and there",
            "  gridctl stop                  the end of them",
            "  gridctl perf                  what this machine gives",
            "",
            "State is kept in $$GRIDCTL_HOME, or else ~/.gridctl. Exit codes: 0 done, 1 failed, 2 wrong usage,",
            "10 already running, 11 nothing runs."
        })
public final class GridCtl implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show where a failure came from.")
    private boolean verbose;

    /** Made by {@link #commandLine()}. */
    @SuppressWarnings("NullAway.Init")
    GridCtl() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param args what the user typed
     */
    public static void main(String[] args) {
        int exitCode = commandLine().execute(args);
        BackgroundCall.ofThisProcess().ifPresent(call -> call.ended(exitCode));
        System.exit(exitCode);
    }

    /**
     * The command line, for use without a process of its own.
     *
     * @return a fresh one
     */
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new GridCtl());
        line.getSubcommands().get("run").setStopAtPositional(true);
        return line.registerConverter(Integer.class, new UsageErrors.WholeNumber())
                .registerConverter(int.class, new UsageErrors.WholeNumber())
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler(new ExitCodes())
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    static boolean isVerbose(CommandLine command) {
        CommandLine root = command;
        while (root.getParent() != null) {
            root = root.getParent();
        }
        return root.getCommand() instanceof GridCtl gridCtl && gridCtl.verbose;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to do with a command, such as start; gridctl --help lists them");
    }

    /** Tells the version of what runs. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "gridctl " + GridVersion.current() + " (Java " + System.getProperty("java.version") + ")"
            };
        }
    }
}
