package io.gridctl;

import java.util.List;

/**
 * Some engines did not get their part of what was scattered; the others have theirs, and keep them. Scatter again when the
 * engines are back ({@link Grid#awaitEngines}), or remove the name.
 */
public final class ScatterException extends GridException {
    private static final long serialVersionUID = 1L;

    private final transient List<Integer> present;
    private final transient List<Integer> missing;
    private final transient List<GridException> failures;

    /**
     * An exception for one scatter.
     *
     * @param name the name
     * @param present the engines that have their part
     * @param missing the engines that have not, at least one
     * @param failures why, in the order of {@code missing}
     */
    public ScatterException(
            String name, List<Integer> present, List<Integer> missing, List<? extends GridException> failures) {
        super(message(name, present, missing, failures.get(0)), failures.get(0));
        this.present = List.copyOf(present);
        this.missing = List.copyOf(missing);
        this.failures = List.copyOf(failures);
        this.failures.stream().skip(1).forEach(this::addSuppressed);
    }

    private static String message(String name, List<Integer> present, List<Integer> missing, GridException why) {
        return "'" + name + "' is scattered in part only: "
                + (present.isEmpty() ? "no engine has its part" : engines(present, "has its part", "have their parts"))
                + ", " + engines(missing, "has not", "have not") + ": " + why.getMessage();
    }

    private static String engines(List<Integer> ids, String one, String many) {
        return ids.size() == 1
                ? "engine " + ids.get(0) + " " + one
                : "engines " + ids.toString().replaceAll("[\\[\\]]", "") + " " + many;
    }

    /**
     * The engines that have their part.
     *
     * @return their ids, in the order of the parts
     */
    public List<Integer> present() {
        return present;
    }

    /**
     * The engines that do not have their part.
     *
     * @return their ids, in the order of the parts, never empty
     */
    public List<Integer> missing() {
        return missing;
    }

    /**
     * Why.
     *
     * @return one failure for each of {@link #missing()}
     */
    public List<GridException> failures() {
        return failures;
    }
}
