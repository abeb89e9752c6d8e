package io.gridctl.cli.command;

import io.gridctl.GridException;
import io.gridctl.node.cluster.GridHome;
import io.gridctl.node.cluster.JvmCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gridctl run}. */
@Command(
        name = "run",
        description = {
            "Run a program that uses a grid: one Java source file, which is compiled first, or a jar.",
            "Options of gridctl stand before FILE, arguments of the program behind it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gridctl run Pi.java                 on the grid that runs",
            "  gridctl run -n 4 Pi.java 1000000    on four engines of its own, which end with it",
            "  gridctl run --name night job.jar    on the grid of that name"
        })
public final class RunCommand implements Callable<Integer> {
    private static final String GRID_VARIABLE = "GRIDCTL_GRID";
    private static final long PATIENCE_SECONDS = 1;
    private static final int FAILED = 1;

    @Option(names = "-n", paramLabel = "N", description = "Start N engines for this run alone.")
    private @Nullable Integer engines;

    @Mixin
    private GridChoice choice = new GridChoice();

    @Mixin
    private GridShape shape = new GridShape();

    @Parameters(index = "0", paramLabel = "FILE", description = "A .java file or a .jar.")
    private Path file;

    @Parameters(index = "1..*", paramLabel = "ARGS", description = "Arguments of the program.")
    private List<String> arguments = new ArrayList<>();

    @Spec
    private CommandSpec command;

    /** Made by the command line. */
    RunCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        Program.check(file);
        boolean ownEngines = engines != null || shape.hasFile();
        shape.check(ownEngines, choice);
        Signals signals = Signals.interruptThisThread();
        Path folder = Program.temporaryFolder();
        try {
            return ownEngines ? runOnOwnEngines(folder) : runOnGrid(folder);
        } catch (InterruptedException e) {
            return signals.exitCode();
        } finally {
            Program.delete(folder);
        }
    }

    private int runOnGrid(Path folder) throws InterruptedException {
        Optional<Path> grid = System.getenv(GRID_VARIABLE) != null && !choice.isGiven()
                ? Optional.empty() // the program finds it as we would
                : Optional.of(choice.folder(GridHome.ofUser()).connectionFile());
        Optional<Program> program = Program.prepare(file, folder, err());
        return program.isPresent() ? execute(program.get(), grid) : FAILED;
    }

    private int runOnOwnEngines(Path folder) throws InterruptedException {
        try (OwnEngines own = OwnEngines.start("run", shape, engines)) {
            // The engines come up while the compiler works.
            Optional<Program> program = Program.prepare(file, folder, err());
            if (program.isEmpty()) {
                return FAILED;
            }
            own.awaitReady(err());
            return execute(program.get(), Optional.of(own.connectionFile()));
        }
    }

    private int execute(Program program, Optional<Path> grid) throws InterruptedException {
        List<String> java = new ArrayList<>();
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        java.addAll(JvmCommand.opens());
        java.addAll(program.jvmArguments());
        java.addAll(List.of("-cp", program.classPath(), program.mainClass()));
        java.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(java).inheritIO();
        grid.ifPresent(connection -> builder.environment().put(GRID_VARIABLE, connection.toString()));
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new GridException("the program cannot be run: " + e.getMessage(), e);
        }
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy(); // the terminal has told it too, and a second time does no harm
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            throw e;
        }
    }

    private PrintWriter err() {
        return command.commandLine().getErr();
    }
}
