package io.gridctl.cli.shell;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import jdk.jshell.Diag;
import jdk.jshell.JShellException;

/** Says what came of a line. */
final class Printer {
    private static final int MOST_FRAMES = 8;

    private final PrintWriter out;
    private final PrintWriter err;

    Printer(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    PrintWriter out() {
        return out;
    }

    PrintWriter err() {
        return err;
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    void error(String text) {
        err.println(text);
        err.flush();
    }

    void value(int number, String value) {
        line("Out[" + number + "]: " + value);
    }

    /** Declared, and of use once something else is. */
    void waitsFor(List<String> missing) {
        line("declared; it can be used once there is " + String.join(", ", missing));
    }

    /** What the compiler says of a snippet, with the line it means. */
    void errors(List<Diag> problems, String source) {
        for (Diag problem : problems) {
            if (problem.isError()) {
                int at = (int) Math.min(Math.max(0, problem.getPosition()), source.length());
                int begin = source.lastIndexOf('\n', at - 1) + 1;
                int end = source.indexOf('\n', at);
                error(problem.getMessage(Locale.getDefault()).strip());
                error("    "
                        + source.substring(begin, end < 0 ? source.length() : end)
                                .replace('\t', ' '));
                error("    " + " ".repeat(at - begin) + "^");
            }
        }
    }

    /**
     * What a snippet threw.
     *
     * @param thrown what it was
     * @param told the same as JShell tells it, with the places in snippets
     */
    void failure(Throwable thrown, JShellException told) {
        error(thrown.toString());
        StackTraceElement[] frames = told.getStackTrace();
        for (int i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
            if (frames[i].getFileName() != null && frames[i].getFileName().startsWith("#")) {
                error("    at " + frames[i].getMethodName() + "(" + frames[i].getFileName() + ":"
                        + frames[i].getLineNumber() + ")");
            }
        }
        for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
            error("caused by " + cause);
        }
    }
}
