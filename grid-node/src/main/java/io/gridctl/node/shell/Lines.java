package io.gridctl.node.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;

/** Tells the line of the text from that of JShell's wrapper around a piece of it. */
final class Lines implements IntUnaryOperator {
    private final List<Integer> lines = new ArrayList<>();

    Lines(SnippetWrapper wrapper, Positions piece) {
        String wrapped = wrapper.wrapped();
        String source = wrapper.source();
        int last = piece.line(source.length() - source.stripLeading().length());
        for (int start = 0; start <= wrapped.length(); ) {
            int end = wrapped.indexOf('\n', start);
            end = end < 0 ? wrapped.length() : end;
            last = lineOf(wrapper, piece, start, end, last);
            lines.add(last);
            start = end + 1;
        }
    }

    /** That of the first character which the writer wrote. */
    private static int lineOf(SnippetWrapper wrapper, Positions piece, int start, int end, int otherwise) {
        for (int at = start; at < end; at++) {
            int source = wrapper.wrappedToSourcePosition(at);
            if (source >= 0
                    && source < wrapper.source().length()
                    && !Character.isWhitespace(wrapper.source().charAt(source))
                    && wrapper.sourceToWrappedPosition(source) == at) {
                return piece.line(source);
            }
        }
        return otherwise;
    }

    @Override
    public int applyAsInt(int wrapperLine) {
        return lines.get(Math.min(wrapperLine, lines.size()) - 1);
    }
}
