package io.gridctl;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * What user code calls on an engine without having said so: calls are put in, or in place of others, where its classes
 * are loaded. For implementations of the grid; a program calls none of these.
 */
public final class UserCode {
    private static volatile BooleanSupplier toldToEnd = () -> false;

    private UserCode() {}

    /**
     * Says how it is known whether the calling thread's task is to end.
     *
     * @param question true if the task was told to end and has not
     */
    public static void toldToEndIf(BooleanSupplier question) {
        toldToEnd = question;
    }

    /**
     * Ends a loop of a task that was told to end; asked before each jump back while there is such a task.
     *
     * @throws CancellationException if the calling thread's task is to end
     */
    public static void loop() {
        if (toldToEnd.getAsBoolean()) {
            throw new CancellationException("the task was told to end");
        }
    }

    /**
     * In place of {@link System#exit}.
     *
     * @param status ignored
     * @throws UnsupportedOperationException always
     */
    @SuppressWarnings("DoNotCallSuggester") // nobody writes the call
    public static void exit(int status) {
        throw refusal("exit", status);
    }

    /**
     * In place of {@link Runtime#exit}.
     *
     * @param runtime ignored
     * @param status ignored
     * @throws UnsupportedOperationException always
     */
    @SuppressWarnings("DoNotCallSuggester") // nobody writes the call
    public static void exit(Runtime runtime, int status) {
        throw refusal("exit", status);
    }

    /**
     * In place of {@link Runtime#halt}.
     *
     * @param runtime ignored
     * @param status ignored
     * @throws UnsupportedOperationException always
     */
    @SuppressWarnings("DoNotCallSuggester") // nobody writes the call
    public static void halt(Runtime runtime, int status) {
        throw refusal("halt", status);
    }

    /** Thrown, as far as its reader can tell, by the line that has the call. */
    private static UnsupportedOperationException refusal(String name, int status) {
        UnsupportedOperationException refusal = new UnsupportedOperationException(name + "(" + status
                + ") would end the engine and everybody's work there; return from the task instead");
        refusal.setStackTrace(Arrays.stream(refusal.getStackTrace())
                .dropWhile(frame -> frame.getClassName().equals(UserCode.class.getName()))
                .toArray(StackTraceElement[]::new));
        return refusal;
    }
}
