package io.gridctl.cli.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a terminal shows of a session: inputs behind {@code In [1]: }, and what came of them.
 *
 * @param lines all of it
 */
record Transcript(List<String> lines) {
    private static final Pattern INPUT = Pattern.compile("In \\[\\d+]: ?(.*)");
    private static final Pattern BLOCK = Pattern.compile("```text\n(In \\[1]: .*?)```", Pattern.DOTALL);
    private static final Pattern RANDOM = Pattern.compile("\\d\\.\\d{3,}(E-\\d)?");
    private static final Pattern PRINTED = Pattern.compile("\\[stdout:\\d] (.*)");

    static Transcript of(String text) {
        return new Transcript(text.lines().toList());
    }

    /** One of those in the README, from 1. */
    static Transcript ofReadme(int number) throws IOException {
        Matcher blocks = BLOCK.matcher(Files.readString(Path.of("..", "README.md")));
        for (int i = 0; i < number; i++) {
            if (!blocks.find()) {
                throw new AssertionError("the README has no transcript " + number);
            }
        }
        return of(blocks.group(1));
    }

    /** What is typed; each is one line. */
    List<String> typed() {
        List<String> typed = new ArrayList<>();
        for (String line : lines) {
            Matcher input = INPUT.matcher(line);
            if (input.matches()) {
                typed.add(input.group(1));
            }
        }
        return typed;
    }

    /** Process ids and random numbers made alike, and what engines print in the order of the engines. */
    List<String> comparable() {
        List<String> alike = new ArrayList<>();
        List<String> printed = new ArrayList<>();
        for (String line : lines) {
            String same = RANDOM.matcher(line.replaceFirst("^(\\[stdout:\\d]) \\d+$", "$1 #"))
                    .replaceAll("0.#");
            if (PRINTED.matcher(same).matches()) {
                printed.add(same);
            } else {
                flush(printed, alike);
                alike.add(same.stripTrailing());
            }
        }
        flush(printed, alike);
        return alike;
    }

    private static void flush(List<String> printed, List<String> to) {
        printed.sort(Comparator.naturalOrder());
        to.addAll(printed);
        printed.clear();
    }
}
