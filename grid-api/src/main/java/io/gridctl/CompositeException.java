package io.gridctl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
    private final int parts;

    /**
     * An exception for the failed parts of one call.
     *
     * @param failures what failed, at least one
     * @param parts how many parts the call had
     */
    public CompositeException(List<? extends GridException> failures, int parts) {
        super(message(failures, parts), failures.get(0));
        this.failures = List.copyOf(failures);
        this.parts = parts;
        this.failures.stream().skip(1).forEach(this::addSuppressed);
    }

    private static String message(List<? extends GridException> failures, int parts) {
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
        String shown = engines.entrySet().stream()
                .limit(SHOWN)
                .map(each -> "\n  " + who(each.getValue()) + each.getKey())
                .collect(Collectors.joining());
        String more = engines.size() > SHOWN ? "\n  … and " + (engines.size() - SHOWN) + " more" : "";
        return failures.size() + " of " + parts + " failed:" + shown + more;
    }

    /** The same failure of several engines is told once. */
    private static String who(List<String> engines) {
        return engines.isEmpty()
                ? ""
                : (engines.size() == 1 ? "engine " : "engines ") + String.join(", ", engines) + ": ";
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
