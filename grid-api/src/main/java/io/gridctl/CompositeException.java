package io.gridctl;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Several parts of one call failed. Every failure is inside, in the order of the parts, each with the engine it
 * happened on; the first one is also the {@link #getCause() cause}, the others are {@link #getSuppressed()
 * suppressed}.
 */
public final class CompositeException extends GridException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 5;

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
        String shown =
                failures.stream().limit(SHOWN).map(f -> "\n  " + f.getMessage()).collect(Collectors.joining());
        String more = failures.size() > SHOWN ? "\n  … and " + (failures.size() - SHOWN) + " more" : "";
        return failures.size() + " of " + parts + " failed:" + shown + more;
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
