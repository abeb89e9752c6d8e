package io.gridctl;

/**
 * A piece of what a task printed.
 *
 * @param engineId the engine it ran on
 * @param taskId the task
 * @param error whether it was printed as an error
 * @param text the text, not necessarily whole lines
 */
public record TaskOutput(int engineId, String taskId, boolean error, String text) {}
