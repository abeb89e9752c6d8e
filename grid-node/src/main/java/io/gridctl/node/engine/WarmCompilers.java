package io.gridctl.node.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who compiles texts for whom. Texts for some of the engines are no news of those for all: nobody waits for a member that
 * was not asked, nor takes it for slow.
 *
 * <p>For one thread at a time.
 */
final class WarmCompilers {
    private static final int REMEMBERED = 64;

    private final Map<Set<UUID>, WarmCompiler> ofAsked = new LinkedHashMap<>(16, 0.75f, true);
    /** Of the last text for several. */
    private @Nullable UUID last;

    /**
     * The one for texts that certain members are asked for together; where they are asked for the first time, the member
     * that compiles for others, if it is one of them.
     *
     * @param asked the members; none if that is not known
     */
    WarmCompiler of(Set<UUID> asked) {
        WarmCompiler known = ofAsked.get(asked);
        if (known == null) {
            boolean isAsked = last != null && (asked.isEmpty() || asked.contains(last));
            known = new WarmCompiler(isAsked ? last : null);
            ofAsked.put(asked, known);
            if (ofAsked.size() > REMEMBERED) {
                ofAsked.remove(ofAsked.keySet().iterator().next());
            }
        }
        return known;
    }

    /** To be told of each text; one that a member had compiled before, for others, tells nothing. */
    void compiled(Set<UUID> asked, UUID by) {
        if (!asked.isEmpty() && !asked.contains(by)) {
            return;
        }
        WarmCompiler warm = of(asked);
        warm.compiled(by);
        if (asked.size() != 1) {
            last = warm.member();
        }
    }
}
