package io.gridctl.cli.output;

/** How results are printed. */
public enum Format {
    /** For people. */
    TABLE,
    /** For programs. */
    JSON
}
