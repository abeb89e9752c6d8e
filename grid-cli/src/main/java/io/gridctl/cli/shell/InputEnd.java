package io.gridctl.cli.shell;

import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/** Tells whether an input is whole, or goes on in the next line. */
final class InputEnd {
    private static final String CELL = "%%";

    private final SourceCodeAnalysis analysis;

    InputEnd(SourceCodeAnalysis analysis) {
        this.analysis = analysis;
    }

    /** A cell ends with a blank line, another line form with its line, and Java where JShell says so. */
    boolean isWhole(String input) {
        String text = input.stripLeading();
        if (text.startsWith(CELL)) {
            return text.indexOf('\n') >= 0
                    && input.substring(input.lastIndexOf('\n') + 1).isBlank();
        }
        if (LineForms.isForm(text)) {
            return true;
        }
        String rest = input;
        while (true) {
            CompletionInfo info = analysis.analyzeCompletion(rest);
            Completeness state = info.completeness();
            if (state == Completeness.EMPTY
                    || state == Completeness.UNKNOWN
                    || (info.source() == null && state.isComplete())) {
                return true;
            }
            if (!state.isComplete()) {
                return false;
            }
            rest = info.remaining();
        }
    }
}
