package io.gridctl.cli.shell;

import java.util.List;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells JLine when an input goes on in the next line, and which word is to be completed. */
final class PromptParser implements Parser {
    private final InputEnd end;

    PromptParser(InputEnd end) {
        this.end = end;
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && !end.isWhole(line)) {
            throw new EOFError(-1, -1, "it goes on in the next line");
        }
        int begin = cursor;
        while (begin > 0 && isPartOfWord(line.charAt(begin - 1))) {
            begin--;
        }
        return new Word(line, cursor, line.substring(begin, cursor));
    }

    private static boolean isPartOfWord(char c) {
        return Character.isJavaIdentifierPart(c) || c == '%';
    }

    /** The word before the cursor, as the last one of the line. */
    private record Word(String line, int cursor, String word) implements ParsedLine {
        @Override
        public int wordCursor() {
            return word.length();
        }

        @Override
        public int wordIndex() {
            return 1;
        }

        @Override
        public List<String> words() {
            return List.of("", word);
        }
    }
}
