package io.gridctl;

/**
 * What an engine is doing.
 *
 * @param engine who it is
 * @param running tasks that run now
 * @param waiting tasks it has accepted and not started
 * @param done tasks it has finished since it started
 * @param heapUsedBytes heap in use
 * @param heapMaxBytes heap it may use
 * @param answered whether the engine answered when it was asked; if not, the counts are zero
 */
public record EngineStatus(
        EngineInfo engine,
        int running,
        int waiting,
        long done,
        long heapUsedBytes,
        long heapMaxBytes,
        boolean answered) {}
