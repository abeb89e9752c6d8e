package io.gridctl;

/**
 * How far a call has come.
 *
 * @param done tasks or items that have ended, failed ones included
 * @param total how many there are
 */
public record Progress(int done, int total) {}
