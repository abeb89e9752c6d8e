package io.gridctl.cli;

import io.gridctl.GridException;
import io.gridctl.GridNotFoundException;
import io.gridctl.cli.output.TextTrace;
import io.gridctl.node.cluster.GridAlreadyRunningException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** What the command line's exit codes mean, and the one place that turns failures into a sentence and a code. */
final class ExitCodes implements IExecutionExceptionHandler {
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int ALREADY_RUNNING = 10;
    static final int NOT_RUNNING = 11;

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        String message = failure instanceof GridException told ? TextTrace.of(told) : failure.getMessage();
        err.println("gridctl: " + (message == null || message.isBlank() ? failure.toString() : message));
        if (parsed.hasMatchedOption("--verbose") || GridCtl.isVerbose(command)) {
            failure.printStackTrace(err);
        }
        err.flush();
        return codeOf(failure);
    }

    static int codeOf(Exception failure) {
        if (failure instanceof GridAlreadyRunningException) {
            return ALREADY_RUNNING;
        }
        if (failure instanceof GridNotFoundException) {
            return NOT_RUNNING;
        }
        return failure instanceof IllegalArgumentException ? USAGE : FAILED;
    }
}
