package io.gridctl.node.engine;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which member compiles texts quickest: the one that has compiled most of the last. Whoever stands in for it once, as it
 * was late, stays cold, and would take several times as long for hundreds of texts.
 *
 * <p>For one thread at a time.
 */
final class WarmCompiler {
    /** So many others in a row, and it seems to get no texts any more. */
    private static final int MOST_STAND_INS = 3;

    private @Nullable UUID member;
    private int standIns;

    /** Begins with a member, if one is known. */
    WarmCompiler(@Nullable UUID member) {
        this.member = member;
    }

    /** Null before the first text. */
    @Nullable
    UUID member() {
        return member;
    }

    /** To be told of each text, whoever has compiled it. */
    void compiled(UUID by) {
        if (by.equals(member)) {
            standIns = 0;
            return;
        }
        standIns++;
        if (member == null || standIns == MOST_STAND_INS) {
            member = by;
            standIns = 0;
        }
    }
}
