package io.gridctl.node.client;

import io.gridctl.AsyncResult;
import io.gridctl.EngineChoice;
import io.gridctl.EngineInfo;
import io.gridctl.WhenFull;
import io.gridctl.node.balance.JobRules;
import io.gridctl.node.balance.Placement;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a load-balanced view was asked for.
 *
 * @param policy about failures and time
 * @param chunk how many items of a map travel together, 0 to have it measured
 * @param window how much may be open
 * @param whenFull what happens beyond that
 * @param where which engines, null for all
 * @param choice which of them is preferred
 * @param after what has to come first
 * @param follow on whose engine to run
 */
record ViewOptions(
        TaskPolicy policy,
        int chunk,
        Window window,
        WhenFull whenFull,
        @Nullable Predicate<EngineInfo> where,
        EngineChoice choice,
        List<AsyncResult<?>> after,
        List<AsyncResult<?>> follow) {
    /** The largest chunk that measurement may lead to. */
    private static final int MOST_ITEMS = 1 << 14;

    static ViewOptions defaults() {
        return new ViewOptions(
                TaskPolicy.NONE,
                0,
                Window.ofDefaultSize(),
                WhenFull.BLOCK,
                null,
                EngineChoice.leastLoaded(),
                List.of(),
                List.of());
    }

    JobRules rules(Placement placement) {
        return JobRules.defaults().withPlacement(placement).withChoice(choice);
    }

    JobRules mapRules(Placement placement) {
        return policy.limits().areNone() ? rules(placement).withUnits(MOST_ITEMS, chunk) : rules(placement);
    }

    ViewOptions withPolicy(TaskPolicy other) {
        return new ViewOptions(other, chunk, window, whenFull, where, choice, after, follow);
    }

    ViewOptions withChunk(int items) {
        return new ViewOptions(policy, items, window, whenFull, where, choice, after, follow);
    }

    ViewOptions withWindow(Window other) {
        return new ViewOptions(policy, chunk, other, whenFull, where, choice, after, follow);
    }

    ViewOptions withWhenFull(WhenFull other) {
        return new ViewOptions(policy, chunk, window, other, where, choice, after, follow);
    }

    ViewOptions withWhere(Predicate<EngineInfo> condition) {
        Predicate<EngineInfo> before = where;
        Predicate<EngineInfo> both =
                before == null ? condition : engine -> before.test(engine) && condition.test(engine);
        return new ViewOptions(policy, chunk, window, whenFull, both, choice, after, follow);
    }

    ViewOptions withChoice(EngineChoice other) {
        return new ViewOptions(policy, chunk, window, whenFull, where, other, after, follow);
    }

    ViewOptions withAfter(List<AsyncResult<?>> results) {
        return new ViewOptions(policy, chunk, window, whenFull, where, choice, List.copyOf(results), follow);
    }

    ViewOptions withFollow(List<AsyncResult<?>> results) {
        return new ViewOptions(policy, chunk, window, whenFull, where, choice, after, List.copyOf(results));
    }
}
