package io.gridctl.cli.shell;

/** A line form; picocli has set what was typed. */
interface Form {
    /**
     * Does it.
     *
     * @param line as it was typed
     * @return false if something failed, which has been told
     * @throws IllegalArgumentException if what was typed cannot be done, with a sentence
     * @throws InterruptedException if Ctrl-C came
     */
    boolean run(Line line) throws InterruptedException;
}
