package io.gridctl.node.balance;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The engines that were lost while they held a certain work.
 *
 * @param losses oldest first, at least one
 */
public record LossHistory(List<Loss> losses) {
    /** Copies the list. */
    public LossHistory {
        losses = List.copyOf(losses);
        if (losses.isEmpty()) {
            throw new IllegalArgumentException("losses must not be empty");
        }
    }

    /**
     * How many of them the work is blamed for.
     *
     * @return the number of engines that held nothing else
     */
    public int blamed() {
        return (int) losses.stream().filter(Loss::alone).count();
    }

    /** As a part of a sentence. */
    @Override
    public String toString() {
        return losses.stream().map(Loss::toString).collect(Collectors.joining(", "));
    }

    /**
     * One engine lost. The two times are of the dispatcher's clock and mean something only in relation to it.
     *
     * @param engineId the engine
     * @param incarnation which filling of its id
     * @param sentNanos when the work was sent there
     * @param lostNanos when the engine was lost
     * @param alone whether the engine held nothing else of this dispatcher's, so that the work is blamed
     */
    public record Loss(int engineId, int incarnation, long sentNanos, long lostNanos, boolean alone) {
        /**
         * How long the engine had held the work.
         *
         * @return the time from sending to loss
         */
        public Duration held() {
            return Duration.ofNanos(lostNanos - sentNanos);
        }

        @Override
        public String toString() {
            return "engine " + engineId + " (incarnation " + incarnation + ") after " + held().toMillis() + " ms"
                    + (alone ? "" : " with other work");
        }
    }
}
