package io.gridctl.cli.shell;

import io.gridctl.GridException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;

/** Somebody at a terminal: editing, history, completion, colours, Ctrl-C. */
final class TerminalInput implements Input {
    private static final String OWNER_ONLY = "rw-------";

    /** As terminals send them that are not in the mode that their description tells of; the others are known. */
    private static final Map<String, String> CURSOR_KEYS = Map.of(
            "\u001b[A", LineReader.UP_LINE_OR_SEARCH,
            "\u001b[B", LineReader.DOWN_LINE_OR_SEARCH,
            "\u001b[C", LineReader.FORWARD_CHAR,
            "\u001b[D", LineReader.BACKWARD_CHAR);

    private final Terminal terminal;
    private final Interrupts interrupts;
    private final LineReaderImpl reader;

    /**
     * Takes the terminal.
     *
     * @param history a file, which need not exist
     */
    TerminalInput(Path history, Interrupts interrupts) throws IOException {
        this.interrupts = interrupts;
        makePrivate(history);
        terminal = TerminalBuilder.builder()
                .system(true)
                .signalHandler(signal -> {
                    if (signal == Signal.INT) {
                        interrupts.interrupt();
                    }
                })
                .build();
        reader = (LineReaderImpl) LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("gridctl")
                .highlighter(new PromptHighlighter())
                .variable(LineReader.HISTORY_FILE, history)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P   ...: ")
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
        CURSOR_KEYS.forEach(
                (key, name) -> reader.getKeyMaps().get(LineReader.EMACS).bind(new Reference(name), key));
    }

    /** Says what it needs to know for multi-line editing and completion. */
    void serve(Session session) {
        reader.setParser(new PromptParser(new InputEnd(session.java().analysis())));
        reader.setCompleter(new PromptCompleter(session));
    }

    /** Prints above the line that is being typed. */
    PrintWriter printer() {
        return new PrintWriter(new AboveWriter(reader), true);
    }

    @Override
    public Optional<String> next(int number) {
        while (true) {
            try {
                return Optional.of(reader.readLine("In [" + number + "]: "));
            } catch (UserInterruptException e) {
                if (e.getPartialLine().isEmpty()) {
                    interrupts.interrupt(); // what was begun without waiting
                }
            } catch (EndOfFileException end) {
                return Optional.empty();
            }
        }
    }

    @Override
    public boolean isScript() {
        return false;
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }

    private static void makePrivate(Path file) {
        try {
            FileAttribute<?>[] none = {};
            boolean posix =
                    FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
            if (!Files.exists(file)) {
                Files.createFile(
                        file,
                        posix
                                ? new FileAttribute<?>[] {
                                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY))
                                }
                                : none);
            }
            if (posix) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(OWNER_ONLY));
            }
        } catch (IOException e) {
            throw new GridException("the history cannot be kept in " + file + "; see $GRIDCTL_HOME", e);
        }
    }
}
