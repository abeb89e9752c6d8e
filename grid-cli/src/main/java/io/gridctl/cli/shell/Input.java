package io.gridctl.cli.shell;

import java.io.IOException;
import java.util.Optional;

/** Where lines come from. */
interface Input extends AutoCloseable {
    /**
     * Waits for the next input.
     *
     * @param number what the prompt says
     * @return one or more lines, whole; empty at the end
     */
    Optional<String> next(int number) throws IOException;

    /** Whether nobody sits there: then the first failure ends the shell. */
    boolean isScript();

    @Override
    void close() throws IOException;
}
