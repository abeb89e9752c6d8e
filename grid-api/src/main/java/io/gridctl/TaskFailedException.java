package io.gridctl;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * User code threw on an engine. {@link #getCause()} is the original exception, with its own type, fields and remote
 * stack where this program can load its class, otherwise a {@link RemoteThrowable} that stands for it. This
 * exception's own stack is the caller's.
 */
public final class TaskFailedException extends GridException {
    private static final long serialVersionUID = 1L;

    private static final long NO_ITEM = -1;

    private final int engineId;
    private final long item;
    private final String taskId;
    private final String remoteClassName;
    private final String lastOutput;

    /**
     * An exception for one failed task.
     *
     * @param engineId the engine that ran the task
     * @param taskId the task
     * @param remoteClassName the class of what was thrown there
     * @param remoteMessage its message
     * @param lastOutput the last lines the task printed, empty if none
     * @param cause the original, or what stands for it
     */
    public TaskFailedException(
            int engineId,
            String taskId,
            String remoteClassName,
            @Nullable String remoteMessage,
            String lastOutput,
            Throwable cause) {
        this(engineId, OptionalLong.empty(), taskId, remoteClassName, remoteMessage, lastOutput, cause);
    }

    /**
     * An exception for one failed task, which may have been an item of a map.
     *
     * @param engineId the engine that ran the task
     * @param item the index of the item, if the call was a map
     * @param taskId the task
     * @param remoteClassName the class of what was thrown there
     * @param remoteMessage its message
     * @param lastOutput the last lines the task printed, empty if none
     * @param cause the original, or what stands for it
     */
    public TaskFailedException(
            int engineId,
            OptionalLong item,
            String taskId,
            String remoteClassName,
            @Nullable String remoteMessage,
            String lastOutput,
            Throwable cause) {
        super(message(engineId, item, remoteClassName, remoteMessage, lastOutput), cause);
        this.engineId = engineId;
        this.item = item.orElse(NO_ITEM);
        this.taskId = taskId;
        this.remoteClassName = remoteClassName;
        this.lastOutput = lastOutput;
    }

    private static String message(
            int engineId,
            OptionalLong item,
            String remoteClassName,
            @Nullable String remoteMessage,
            String lastOutput) {
        String where = (item.isPresent() ? "item " + item.getAsLong() + ", " : "") + "engine " + engineId;
        String what = where + ": " + remoteClassName + (remoteMessage == null ? "" : ": " + remoteMessage);
        return lastOutput.isBlank()
                ? what
                : what + "\n  its last output:\n"
                        + lastOutput.stripTrailing().indent(4).stripTrailing();
    }

    /**
     * The engine that ran the task.
     *
     * @return its id
     */
    public int engineId() {
        return engineId;
    }

    /**
     * Which item of a map it was.
     *
     * @return its index, from 0, in the order in which the items were given; empty if the call was no map
     */
    public OptionalLong item() {
        return item == NO_ITEM ? OptionalLong.empty() : OptionalLong.of(item);
    }

    /**
     * The task that failed.
     *
     * @return its id
     */
    public String taskId() {
        return taskId;
    }

    /**
     * The class of what was thrown, whether or not this program has it.
     *
     * @return a binary class name
     */
    public String remoteClassName() {
        return remoteClassName;
    }

    /**
     * The last lines that the task printed before it failed, both streams.
     *
     * @return at most a few lines, empty if it printed nothing
     */
    public String lastOutput() {
        return lastOutput;
    }
}
