package io.gridctl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Several parts of one call failed. Every failure is inside, in the order of the parts, each with the engine it
 * happened on; the first one is also the {@link #getCause() cause}, the others are {@link #getSuppressed()
 * suppressed}.
 */
public final class CompositeException extends GridException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 5;
    private static final Pattern ON_ENGINE = Pattern.compile("engine (\\d+): (.*)", Pattern.DOTALL);

    private final transient List<GridException> failures;
    private final transient List<Long> items;
    private final int parts;

    /**
     * An exception for the failed parts of one call.
     *
     * @param failures what failed, at least one
     * @param parts how many parts the call had
     */
    public CompositeException(List<? extends GridException> failures, int parts) {
        this(failures, List.of(), parts);
    }

    /**
     * An exception for the failed items of a map.
     *
     * @param failures what failed, at least one
     * @param items the index of the item of each failure; empty if the call was no map
     * @param parts how many parts the call had
     */
    public CompositeException(List<? extends GridException> failures, List<Long> items, int parts) {
        super(message(failures, items, parts), failures.get(0));
        this.failures = List.copyOf(failures);
        this.items = List.copyOf(items);
        this.parts = parts;
        this.failures.stream().skip(1).forEach(this::addSuppressed);
    }

    private static String message(List<? extends GridException> failures, List<Long> items, int parts) {
        List<String> lines = items.isEmpty()
                ? byEngines(failures)
                : IntStream.range(0, failures.size())
                        .mapToObj(at -> ofItem(failures.get(at), items.get(at)))
                        .toList();
        String shown = lines.stream().limit(SHOWN).map(line -> "\n  " + line).collect(Collectors.joining());
        String more = lines.size() > SHOWN ? "\n  … and " + (lines.size() - SHOWN) + " more" : "";
        return failures.size() + " of " + parts + " failed:" + shown + more;
    }

    /** The same failure of several engines is told once. */
    private static List<String> byEngines(List<? extends GridException> failures) {
        Map<String, List<String>> engines = new LinkedHashMap<>();
        for (GridException failure : failures) {
            Matcher told = ON_ENGINE.matcher(String.valueOf(failure.getMessage()));
            if (told.matches()) {
                engines.computeIfAbsent(told.group(2), what -> new ArrayList<>())
                        .add(told.group(1));
            } else {
                engines.computeIfAbsent(String.valueOf(failure.getMessage()), what -> new ArrayList<>());
            }
        }
        return engines.entrySet().stream()
                .map(each -> who(each.getValue()) + each.getKey())
                .toList();
    }

    private static String who(List<String> engines) {
        return engines.isEmpty()
                ? ""
                : (engines.size() == 1 ? "engine " : "engines ") + String.join(", ", engines) + ": ";
    }

    private static String ofItem(GridException failure, long item) {
        boolean said =
                failure instanceof TaskFailedException task && task.item().isPresent();
        return said ? String.valueOf(failure.getMessage()) : "item " + item + ": " + failure.getMessage();
    }

    /**
     * Which items of a map failed.
     *
     * @return the index of each of {@link #failures()}, from 0, in the order in which the items were given; empty if the
     *     call was no map
     */
    public List<Long> items() {
        return items;
    }

    /**
     * What failed.
     *
     * @return the failures in the order of the call's parts, never empty
     */
    public List<GridException> failures() {
        return failures;
    }

    /**
     * How many parts the call had.
     *
     * @return the number of tasks, failed or not
     */
    public int parts() {
        return parts;
    }
}
