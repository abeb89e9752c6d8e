package io.gridctl.cli.output;

import io.gridctl.CompositeException;
import io.gridctl.GridException;
import io.gridctl.TaskFailedException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Failures of texts in words, with the lines of the text that they came from, as at a prompt. */
public final class TextTrace {
    private static final int SHOWN = 12;

    private TextTrace() {}

    /**
     * A failure's message and, below it, where on the engines the exceptions were thrown. The same place on several
     * engines is told once.
     *
     * @param failure what came of a call
     * @return one line or several
     */
    public static String of(GridException failure) {
        Map<List<String>, TreeSet<Integer>> places = new LinkedHashMap<>();
        tasks(failure)
                .forEach(task -> places.computeIfAbsent(lines(task), lines -> new TreeSet<>())
                        .add(task.engineId()));
        boolean severalPlaces = places.size() > 1;
        return Objects.requireNonNullElse(failure.getMessage(), failure.toString())
                + places.entrySet().stream()
                        .map(place -> (severalPlaces ? "\n  engine " + join(place.getValue(), ", ") : "")
                                + join(place.getKey(), ""))
                        .collect(Collectors.joining());
    }

    private static Stream<TaskFailedException> tasks(GridException failure) {
        List<GridException> parts = failure instanceof CompositeException all ? all.failures() : List.of(failure);
        return parts.stream().filter(TaskFailedException.class::isInstance).map(TaskFailedException.class::cast);
    }

    private static List<String> lines(TaskFailedException task) {
        Throwable thrown = task.getCause();
        StackTraceElement[] stack = thrown == null ? new StackTraceElement[0] : thrown.getStackTrace();
        return Stream.concat(
                        Arrays.stream(stack).limit(SHOWN).map(frame -> "\n    at " + frame),
                        stack.length > SHOWN ? Stream.of("\n    … " + (stack.length - SHOWN) + " more") : Stream.of())
                .toList();
    }

    private static String join(Iterable<?> all, String between) {
        StringBuilder joined = new StringBuilder();
        all.forEach(each -> joined.append(joined.isEmpty() ? "" : between).append(each));
        return joined.toString();
    }
}
