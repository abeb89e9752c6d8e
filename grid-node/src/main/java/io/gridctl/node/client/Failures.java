package io.gridctl.node.client;

import io.gridctl.GridException;
import io.gridctl.NoProgressException;
import io.gridctl.NoSuchNameException;
import io.gridctl.RemoteThrowable;
import io.gridctl.RunningTimeoutException;
import io.gridctl.TaskFailedException;
import io.gridctl.TextException;
import io.gridctl.UnknownClassException;
import io.gridctl.node.task.RemoteFailure;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** Makes exceptions out of what engines say of them. */
final class Failures {
    private static final int LINES = 20;

    private Failures() {}

    /** The exception to throw for a failed task; its stack is that of the thread that asks. */
    static GridException rebuild(PendingTask task, int engineId, RemoteFailure failure) {
        return rebuild(
                task.codec(), engineId, OptionalLong.empty(), task.idText(), task.stdout() + task.stderr(), failure);
    }

    /** The same for a task of which this much is known. */
    static GridException rebuild(
            CodecAccess codec, int engineId, OptionalLong item, String taskId, String printed, RemoteFailure failure) {
        Throwable cause = original(codec, failure);
        if (cause instanceof NoSuchNameException missing) {
            NoSuchNameException here = new NoSuchNameException(missing.engineId(), missing.name());
            here.initCause(missing);
            return here;
        }
        if (cause instanceof TextException invalid) {
            TextException here = new TextException(invalid.engineId(), invalid.textName(), invalid.problems());
            here.initCause(invalid);
            return here;
        }
        if (cause instanceof UnknownClassException unknown) {
            return new UnknownClassException(
                    "engine " + engineId + ": " + unknown.getMessage(),
                    unknown.className(),
                    unknown.valueText(),
                    unknown);
        }
        return new TaskFailedException(
                engineId, item, taskId, failure.className(), failure.message(), lastLines(printed), cause);
    }

    private static Throwable original(CodecAccess codec, RemoteFailure failure) {
        if (failure.original().length > 0) {
            try {
                if (codec.decode(failure.original()) instanceof Throwable original
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

    private static String lastLines(String printed) {
        List<String> lines = printed.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }

    static GridException timedOut(int engineId, String taskId, TaskPolicy policy, boolean quiet) {
        Duration limit = Duration.ofMillis(
                quiet ? policy.limits().quietMillis() : policy.limits().runMillis());
        String who = "task " + taskId + " on engine " + engineId;
        return quiet
                ? new NoProgressException(
                        who + " said nothing of its progress for " + limit.toMillis()
                                + " ms and was interrupted; call Namespace.progressed() more often or allow more",
                        engineId,
                        taskId,
                        limit)
                : new RunningTimeoutException(
                        who + " ran longer than the " + limit.toMillis()
                                + " ms it was allowed, and was interrupted; allow more, or split its work",
                        engineId,
                        taskId,
                        limit);
    }
}
