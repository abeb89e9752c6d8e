package io.gridctl.cli.shell;

import io.gridctl.Grid;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The shell: reads lines, and runs each here or on the engines. One of them at a time in a process, on the thread that
 * calls {@link #run}.
 */
public final class Shell implements AutoCloseable {
    private static final Set<String> ENDS = Set.of("exit", "quit", "exit()", "quit()", "/exit");
    private static final int FAILED = 1;

    private final Interrupts interrupts;
    private final LocalJava java;
    private final Session session;
    private final LineForms forms;
    private final Input input;

    private Shell(Interrupts interrupts, LocalJava java, Session session, Input input) {
        this.interrupts = interrupts;
        this.java = java;
        this.session = session;
        this.input = input;
        forms = new LineForms(session, interrupts);
    }

    /**
     * A shell for somebody at the terminal of this process.
     *
     * @param grid the grid, which its caller closes
     * @param history where what was typed is kept, for its owner only
     * @return a shell that has not read anything yet
     * @throws IOException if the terminal cannot be used
     */
    public static Shell atTerminal(Grid grid, Path history) throws IOException {
        Interrupts interrupts = new Interrupts();
        TerminalInput input = new TerminalInput(history, interrupts);
        PrintWriter out = input.printer();
        Session session = session(grid, interrupts, new Printer(out, out));
        input.serve(session);
        return new Shell(interrupts, session.java(), session, input);
    }

    /**
     * A shell that runs a script.
     *
     * @param grid the grid, which its caller closes
     * @param lines the script
     * @param out takes what it shows
     * @param err takes what it says of failures
     * @return a shell that has not read anything yet
     */
    public static Shell ofScript(Grid grid, BufferedReader lines, PrintWriter out, PrintWriter err) {
        return of(grid, end -> new ScriptInput(lines, end), out, err);
    }

    /** A shell that reads what is not a terminal. */
    static Shell of(Grid grid, Function<InputEnd, Input> source, PrintWriter out, PrintWriter err) {
        Interrupts interrupts = new Interrupts();
        Session session = session(grid, interrupts, new Printer(out, err));
        Input input = source.apply(new InputEnd(session.java().analysis()));
        return new Shell(interrupts, session.java(), session, input);
    }

    private static Session session(Grid grid, Interrupts interrupts, Printer printer) {
        return new Session(grid, new LocalJava(grid, interrupts, printer), printer);
    }

    /** As Ctrl-C; on any thread. */
    public void interrupt() {
        interrupts.interrupt();
    }

    /** Ends what runs, and {@link #run}; on any thread. */
    public void end() {
        interrupts.end();
    }

    /**
     * Reads and runs lines to the end.
     *
     * @return 0, or 1 if a line of a script failed
     * @throws IOException if no more can be read
     */
    public int run() throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(java.loader());
        try {
            for (int number = 1; !interrupts.isEnding(); ) {
                Optional<String> next = input.next(number);
                if (next.isEmpty() || ENDS.contains(next.get().strip())) {
                    return 0;
                }
                if (next.get().isBlank()) {
                    continue;
                }
                interrupts.newLine();
                if (!isDone(next.get(), number) && input.isScript()) {
                    return FAILED;
                }
                number++;
            }
            return FAILED;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private boolean isDone(String text, int number) {
        if (LineForms.isForm(text.strip())) {
            return forms.run(text);
        }
        return session.isAuto() ? forms.send(text) : java.run(text, number);
    }

    @Override
    public void close() throws IOException {
        java.close();
        input.close();
    }
}
