package io.gridctl;

/**
 * What a task has published with {@link Namespace#publish}.
 *
 * @param engineId the engine it ran on
 * @param taskId the task
 * @param value the value
 */
public record PublishedValue(int engineId, String taskId, Object value) {}
