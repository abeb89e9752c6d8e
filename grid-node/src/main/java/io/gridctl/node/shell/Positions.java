package io.gridctl.node.shell;

import io.gridctl.TextException.Problem;
import java.util.Locale;
import jdk.jshell.Diag;

/** Where a piece of a text is: it begins at an offset. */
record Positions(String name, String text, int offset) {
    private int clamped(long position) {
        return (int) Math.max(0, Math.min(text.length(), offset + position));
    }

    /** The line of a position in the piece, from 1. */
    int line(long position) {
        return 1
                + (int) text.substring(0, clamped(position))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    private int column(long position) {
        int at = clamped(position);
        return at - text.lastIndexOf('\n', at - 1);
    }

    private String source(long position) {
        int at = clamped(position);
        int end = text.indexOf('\n', at);
        return text.substring(text.lastIndexOf('\n', at - 1) + 1, end < 0 ? text.length() : end)
                .stripTrailing();
    }

    Problem problem(Diag diag) {
        return new Problem(
                line(diag.getPosition()), column(diag.getPosition()), message(diag), source(diag.getPosition()));
    }

    Problem problem(String message) {
        return new Problem(line(0), column(0), message, source(0));
    }

    String warning(Diag diag) {
        return name + ":" + line(diag.getPosition()) + ": " + message(diag);
    }

    /** Without the place within JShell's wrapper, which has no name. */
    private static String message(Diag diag) {
        return UnnamedPackage.unnamed(diag.getMessage(Locale.ENGLISH))
                .lines()
                .filter(line -> !line.strip().equals("location: class"))
                .reduce((one, next) -> one + "\n" + next)
                .orElse("");
    }

    @Override
    public String toString() {
        return name + ":" + line(0) + ":" + column(0);
    }
}
