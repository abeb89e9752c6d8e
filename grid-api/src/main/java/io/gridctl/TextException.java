package io.gridctl;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/** A text is not valid Java, as JShell takes it. Nothing of it has run. */
public final class TextException extends GridException {
    private static final long serialVersionUID = 1L;

    private final int engineId;
    private final String textName;
    private final List<Problem> problems;

    /**
     * Something that is wrong with a text.
     *
     * @param line the line, from 1
     * @param column the column in that line, from 1
     * @param message what is wrong, as the compiler says it; may have several lines
     * @param source the line itself
     */
    public record Problem(int line, int column, String message, String source) implements Serializable {
        private static final long serialVersionUID = 1L;

        private String describe(String textName) {
            String marker = " ".repeat(Math.max(0, column - 1)) + "^";
            return textName + ":" + line + ":" + column + ": " + message.strip().replace("\n", "\n    ") + "\n    "
                    + source.replace('\t', ' ') + "\n    " + marker;
        }
    }

    /**
     * An exception for one engine.
     *
     * @param engineId the engine that has compiled the text
     * @param textName what the text is called, the name of its file or just "text"
     * @param problems what is wrong, at least one
     */
    public TextException(int engineId, String textName, List<Problem> problems) {
        super("engine " + engineId + ": "
                + problems.stream().map(problem -> problem.describe(textName)).collect(Collectors.joining("\n")));
        this.engineId = engineId;
        this.textName = textName;
        this.problems = List.copyOf(problems);
    }

    /**
     * The engine that has compiled the text.
     *
     * @return its id
     */
    public int engineId() {
        return engineId;
    }

    /**
     * What the text is called.
     *
     * @return the name of its file, or just "text"
     */
    public String textName() {
        return textName;
    }

    /**
     * What is wrong.
     *
     * @return at least one problem, in the order of the text
     */
    public List<Problem> problems() {
        return problems;
    }
}
