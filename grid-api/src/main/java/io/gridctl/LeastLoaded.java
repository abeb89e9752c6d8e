package io.gridctl;

/** Fewest works per slot first; of equals the one that has waited longest. */
enum LeastLoaded implements EngineChoice {
    INSTANCE;

    @Override
    public int compare(EngineLoad one, EngineLoad other) {
        // a/b < c/d as a*d < c*b: exact, and no division
        int byLoad = Long.compare((long) one.inFlight() * other.slots(), (long) other.inFlight() * one.slots());
        return byLoad != 0 ? byLoad : Long.compare(one.turn(), other.turn());
    }
}
