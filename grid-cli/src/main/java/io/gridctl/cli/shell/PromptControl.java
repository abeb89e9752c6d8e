package io.gridctl.cli.shell;

import io.gridctl.node.shell.ValueDisplay;
import java.lang.reflect.Method;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl.InternalException;
import jdk.jshell.spi.ExecutionControl.RunException;
import org.jspecify.annotations.Nullable;

/** Runs the lines of the prompt in this process, on the thread that asks for it, and remembers how the last one failed. */
final class PromptControl extends DirectExecutionControl {
    private final Interrupts interrupts;
    private @Nullable Throwable failure;

    PromptControl(PromptClasses classes, Interrupts interrupts) {
        super(classes);
        this.interrupts = interrupts;
    }

    @Override
    protected String invoke(Method line) throws Exception {
        failure = null;
        return interrupts.during(() -> ValueDisplay.of(line.invoke(null)));
    }

    @Override
    protected String throwConvertedInvocationException(Throwable cause) throws RunException, InternalException {
        failure = cause;
        return super.throwConvertedInvocationException(cause);
    }

    /** What the last line threw, as it was thrown. */
    @Nullable
    Throwable failure() {
        return failure;
    }
}
