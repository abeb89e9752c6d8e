package io.gridctl.node.cluster;

import java.time.Duration;
import java.util.Optional;

/**
 * When a dead engine is started again: at once or nearly so the first time, then later and later, then no more. An
 * engine that was ready for a while begins anew.
 *
 * @param first the delay after one failure
 * @param longest the longest delay
 * @param attempts how many failures in a row are too many
 * @param forgiveAfter how long an engine must have been ready for its failures to be forgotten
 */
record RestartPolicy(Duration first, Duration longest, int attempts, Duration forgiveAfter) {
    static RestartPolicy standard() {
        return new RestartPolicy(Duration.ofMillis(200), Duration.ofSeconds(10), 10, Duration.ofSeconds(30));
    }

    /**
     * What to do after so many failures in a row.
     *
     * @param failures how many, at least 1
     * @return how long to wait before the next start, or empty to give up
     */
    Optional<Duration> delayAfter(int failures) {
        if (failures >= attempts) {
            return Optional.empty();
        }
        Duration delay = first;
        for (int i = 1; i < failures && delay.compareTo(longest) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        return Optional.of(delay.compareTo(longest) < 0 ? delay : longest);
    }

    boolean forgives(Duration ready) {
        return ready.compareTo(forgiveAfter) >= 0;
    }
}
