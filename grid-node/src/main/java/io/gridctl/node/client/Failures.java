package io.gridctl.node.client;

import io.gridctl.GridException;
import io.gridctl.NoSuchNameException;
import io.gridctl.RemoteThrowable;
import io.gridctl.TaskFailedException;
import io.gridctl.node.task.RemoteFailure;
import java.util.List;

/** Makes exceptions out of what engines say of them. */
final class Failures {
    private static final int LINES = 20;

    private Failures() {}

    /** The exception to throw for a failed task; its stack is that of the thread that asks. */
    static GridException rebuild(PendingTask task, int engineId, RemoteFailure failure) {
        Throwable cause = original(task, failure);
        if (cause instanceof NoSuchNameException missing) {
            NoSuchNameException here = new NoSuchNameException(missing.engineId(), missing.name());
            here.initCause(missing);
            return here;
        }
        return new TaskFailedException(
                engineId, task.idText(), failure.className(), failure.message(), lastOutput(task), cause);
    }

    private static Throwable original(PendingTask task, RemoteFailure failure) {
        if (failure.original().length > 0) {
            try {
                if (task.codec().decode(failure.original()) instanceof Throwable original
                        && original.getClass().getName().equals(failure.className())) {
                    return original;
                }
            } catch (RuntimeException | LinkageError unreadable) {
                // This program lacks the class, or has another version: the stand-in tells what is known.
                RemoteThrowable standIn = standIn(failure);
                standIn.addSuppressed(unreadable);
                return standIn;
            }
        }
        return standIn(failure);
    }

    private static RemoteThrowable standIn(RemoteFailure failure) {
        return new RemoteThrowable(
                failure.className(), failure.text(), failure.stack().toArray(StackTraceElement[]::new));
    }

    private static String lastOutput(PendingTask task) {
        List<String> lines = (task.stdout() + task.stderr()).lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }
}
