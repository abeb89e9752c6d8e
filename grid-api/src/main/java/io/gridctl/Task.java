package io.gridctl;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one call of user code on one engine, at one moment.
 *
 * <p>Submitted and received are times of this program's clock; started and ended are the engine's.
 *
 * @param id the task's id, unique in the grid
 * @param state where it stands
 * @param engineId the engine that runs or ran it last, empty while it waits
 * @param attempts how often it was sent to an engine; more than 1 only if an engine was lost
 * @param submitted when it was handed in
 * @param started when its code began to run
 * @param ended when its code had run
 * @param received when its outcome arrived
 * @param ran how long its code ran, zero until it ended
 * @param stdout what it printed, with a line that says how much was cut if it was too much
 * @param stderr what it printed as errors, likewise
 */
public record Task(
        String id,
        TaskState state,
        Optional<Integer> engineId,
        int attempts,
        Instant submitted,
        Optional<Instant> started,
        Optional<Instant> ended,
        Optional<Instant> received,
        Duration ran,
        String stdout,
        String stderr) {}
