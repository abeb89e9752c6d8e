package io.gridctl.cli.output;

/** What a command tells, in either format. */
public interface Report {
    /**
     * For people.
     *
     * @return lines, the last one ended
     */
    String toTable();

    /**
     * For programs.
     *
     * @return one JSON document, with a line end
     */
    String toJson();
}
