package io.gridctl.cli.archive;

import io.gridctl.cli.GridCtl;
import io.gridctl.cli.command.SourceCompiler;
import io.gridctl.node.cluster.GridTraining;
import io.gridctl.node.cluster.Installation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Does once, in one JVM, what the grid's processes and the command line do when they start, so that the JVM can write
 * an archive of the classes they need. The build runs it with {@code -XX:ArchiveClassesAtExit}.
 */
public final class TrainingRun {
    private static final String PROGRAM = """
            import io.gridctl.Grid;
            import java.util.List;

            public class Training {
                public static void main(String[] args) throws Exception {
                    try (Grid grid = Grid.connect()) {
                        List<Integer> sums = grid.engines().apply(ns -> ns.<Integer>get("a") + 1);
                        sums.forEach(sum -> System.out.println("sum " + sum));
                    }
                }
            }
            """;

    private TrainingRun() {}

    /**
     * Starts and ends an anchor, an engine, a client, the compiler and the command line.
     *
     * @param args an empty folder to work in
     * @throws IOException if the folder cannot be written to
     * @throws InterruptedException if this thread is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args[0]);
        GridTraining.run(folder);
        compile(folder);
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        for (String command : new String[] {"start", "stop", "status", "run"}) {
            GridCtl.commandLine().setOut(nowhere).setErr(nowhere).execute(command, "--help");
        }
        GridCtl.commandLine().setOut(nowhere).setErr(nowhere).execute("start", "-n", "0");
    }

    private static void compile(Path folder) throws IOException {
        Path source = folder.resolve("Training.java");
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Files.writeString(source, PROGRAM);
        var unused =
                SourceCompiler.compile(source, Installation.classPath(), classes, new PrintWriter(Writer.nullWriter()));
    }
}
