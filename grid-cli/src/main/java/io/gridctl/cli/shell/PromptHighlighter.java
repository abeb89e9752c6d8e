package io.gridctl.cli.shell;

import java.util.regex.Matcher;
import javax.lang.model.SourceVersion;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Colours for comments, texts, numbers, keywords and the names of line forms. */
final class PromptHighlighter implements Highlighter {
    private static final AttributedStyle COMMENT = AttributedStyle.DEFAULT.foreground(AttributedStyle.BRIGHT);
    private static final AttributedStyle TEXT = AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
    private static final AttributedStyle NUMBER = AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
    private static final AttributedStyle KEYWORD = AttributedStyle.DEFAULT.foreground(AttributedStyle.MAGENTA);
    private static final AttributedStyle FORM =
            AttributedStyle.DEFAULT.foreground(AttributedStyle.BLUE).bold();

    @Override
    public AttributedString highlight(LineReader reader, String buffer) {
        AttributedStringBuilder coloured = new AttributedStringBuilder();
        Matcher token = Tokens.in(buffer);
        int done = 0;
        while (token.find()) {
            coloured.append(buffer, done, token.start());
            coloured.append(token.group(), styleOf(token));
            done = token.end();
        }
        return coloured.append(buffer, done, buffer.length()).toAttributedString();
    }

    private static AttributedStyle styleOf(Matcher token) {
        if (token.group("comment") != null) {
            return COMMENT;
        }
        if (token.group("text") != null) {
            return TEXT;
        }
        if (token.group("form") != null) {
            return FORM;
        }
        if (token.group("number") != null) {
            return NUMBER;
        }
        return SourceVersion.isKeyword(token.group("word")) ? KEYWORD : AttributedStyle.DEFAULT;
    }
}
