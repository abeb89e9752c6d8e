package io.gridctl.cli.shell;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Java cut into pieces, as far as colours and comments need it; what is not whole yet counts, too. */
final class Tokens {
    private static final Pattern TOKEN = Pattern.compile("(?<comment>//[^\\n]*|/\\*(?s:.*?)(\\*/|$))"
            + "|(?<text>\"\"\"(?s:.*?)(\"\"\"|$)|\"(\\\\.|[^\"\\\\\\n])*\"?|'(\\\\.|[^'\\\\\\n])*'?)"
            + "|(?<form>^\\s*%%?\\w*)"
            + "|(?<number>\\b\\d[\\w.]*)"
            + "|(?<word>\\b[\\p{L}_$][\\w$]*)");

    private Tokens() {}

    /** Finds one after the other; each is in the group {@code comment}, {@code text}, {@code form}, {@code number} or {@code word}. */
    static Matcher in(String source) {
        return TOKEN.matcher(source);
    }

    static String withoutComments(String source) {
        return in(source)
                .replaceAll(
                        token -> source.startsWith("/", token.start()) ? "" : Matcher.quoteReplacement(token.group()));
    }
}
