package io.gridctl.node.balance;

import io.gridctl.EngineLoad;
import java.util.Set;

/**
 * Which engines a job's works may run on. Equal placements share a lane, so an implementation has {@code equals}. Called
 * under the dispatcher's lock, so it must be quick.
 */
public interface Placement {
    /**
     * Any engine.
     *
     * @return a placement that allows all
     */
    static Placement anywhere() {
        return Anywhere.INSTANCE;
    }

    /**
     * Whether a work may run there at all.
     *
     * @param engine an engine that takes work
     * @return true if so
     */
    boolean allows(EngineLoad engine);

    /**
     * Whether it should run there. An engine that is allowed and not preferred gets the work only if none of those that
     * take work is preferred.
     *
     * @param engine an engine that is allowed
     * @return true if so
     */
    default boolean prefers(EngineLoad engine) {
        return true;
    }

    /**
     * The same engines, but others than these first.
     *
     * @param engineIds ids of engines, where the work has failed before
     * @return another placement
     */
    default Placement avoiding(Set<Integer> engineIds) {
        return new Avoiding(this, Set.copyOf(engineIds));
    }

    /**
     * Others first.
     *
     * @param base which engines are allowed
     * @param engineIds those that come last
     */
    record Avoiding(Placement base, Set<Integer> engineIds) implements Placement {
        @Override
        public boolean allows(EngineLoad engine) {
            return base.allows(engine);
        }

        @Override
        public boolean prefers(EngineLoad engine) {
            return !engineIds.contains(engine.engineId());
        }
    }
}
