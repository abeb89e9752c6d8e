package io.gridctl.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line form as it was typed: {@code %px --targets 0 code}, or {@code %%px --targets 0} and the code below it.
 *
 * @param text all of it
 * @param words of its first line, the name first
 * @param starts where they begin in the text
 */
record Line(String text, List<String> words, List<Integer> starts) {
    private static final Pattern WORD = Pattern.compile("\\S+");

    static Line of(String input) {
        String text = input.strip();
        List<String> words = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        Matcher word = WORD.matcher(text.lines().findFirst().orElse(""));
        while (word.find()) {
            words.add(word.group());
            starts.add(word.start());
        }
        return new Line(text, words, starts);
    }

    String name() {
        return words.get(0);
    }

    boolean isCell() {
        return name().startsWith("%%");
    }

    /** The code, as it was typed: what is below the first line of a cell, else the last words of the line. */
    String code(int lastWords) {
        if (isCell()) {
            int end = text.indexOf('\n');
            return end < 0 ? "" : text.substring(end + 1);
        }
        return lastWords == 0 ? "" : text.substring(starts.get(words.size() - lastWords));
    }
}
