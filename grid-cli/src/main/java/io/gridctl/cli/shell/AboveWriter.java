package io.gridctl.cli.shell;

import java.io.Writer;
import org.jline.reader.LineReader;

/** Prints whole lines above the one that is being typed, if one is. */
final class AboveWriter extends Writer {
    private final LineReader reader;
    private final StringBuilder open = new StringBuilder();

    AboveWriter(LineReader reader) {
        this.reader = reader;
    }

    @Override
    public void write(char[] text, int from, int length) {
        synchronized (lock) {
            open.append(text, from, length);
            int end = open.lastIndexOf("\n");
            if (end >= 0) {
                reader.printAbove(open.substring(0, end));
                open.delete(0, end + 1);
            }
        }
    }

    /** Half a line waits for its other half. */
    @Override
    public void flush() {}

    @Override
    public void close() {}
}
