package io.gridctl;

/**
 * Stands for an exception that was thrown on an engine and that this program cannot rebuild, for want of its class or
 * because one of its fields does not travel. It has the original's class name, message and remote stack.
 */
public final class RemoteThrowable extends Exception {
    private static final long serialVersionUID = 1L;

    private final String className;

    /**
     * A stand-in.
     *
     * @param className the class of the original
     * @param text the original as {@link Throwable#toString()} gave it there
     * @param remoteStack its stack there
     */
    public RemoteThrowable(String className, String text, StackTraceElement[] remoteStack) {
        super(text + " (as text: this program cannot rebuild the exception)");
        this.className = className;
        setStackTrace(remoteStack);
    }

    /**
     * The class of the original.
     *
     * @return a binary class name
     */
    public String className() {
        return className;
    }
}
