package io.gridctl.node.shell;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.spi.SPIResolutionException;

/** Stacks of exceptions as the writer of a text knows them: without the classes around each of its pieces. */
public final class TextStacks {
    private static final Pattern WRAPPER = Pattern.compile("REPL\\.\\$JShell\\$[0-9a-f]+(\\$(.*))?");

    private TextStacks() {}

    /**
     * Renames the frames of an exception that a text threw, of its causes and of what it suppressed.
     *
     * @param thrown the exception
     * @return what to throw: the same one, except for a call of what is not fully declared
     */
    public static Throwable tidy(Throwable thrown) {
        Throwable told = thrown instanceof SPIResolutionException
                ? new IllegalStateException(
                        "the text uses a method or class that is not complete: something that it needs is not declared")
                : thrown;
        if (told != thrown) {
            told.setStackTrace(thrown.getStackTrace());
        }
        tidy(told, Collections.newSetFromMap(new IdentityHashMap<>()));
        return told;
    }

    private static void tidy(Throwable thrown, Set<Throwable> seen) {
        if (!seen.add(thrown)) {
            return;
        }
        thrown.setStackTrace(
                Arrays.stream(thrown.getStackTrace()).map(TextStacks::tidy).toArray(StackTraceElement[]::new));
        if (thrown.getCause() != null) {
            tidy(thrown.getCause(), seen);
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            tidy(suppressed, seen);
        }
    }

    private static StackTraceElement tidy(StackTraceElement frame) {
        Matcher matcher = WRAPPER.matcher(frame.getClassName());
        if (!matcher.matches()) {
            return frame;
        }
        String type = matcher.group(2) == null ? "text" : matcher.group(2);
        String method = frame.getMethodName().equals(CompiledText.METHOD) ? "run" : frame.getMethodName();
        return new StackTraceElement(type, method, frame.getFileName(), frame.getLineNumber());
    }
}
