package io.gridctl;

import java.util.Comparator;

/**
 * Which of the engines that have room gets the next frame: the one that sorts first. The dispatcher itself sees to it
 * that engines with a free slot come before those that would only queue. Called under the dispatcher's lock, so it must
 * be quick; an implementation holds no state that changes.
 */
@FunctionalInterface
public interface EngineChoice extends Comparator<EngineLoad> {
    /**
     * The default: the engine with the fewest works per slot; of equals the one that has waited longest.
     *
     * @return the choice
     */
    static EngineChoice leastLoaded() {
        return LeastLoaded.INSTANCE;
    }
}
