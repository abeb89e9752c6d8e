package io.gridctl;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Chooses engines out of those that a grid has at the moment of a call.
 *
 * <p>A selector sees the engines in the order of their ids. Unlike a list of ids, it may match fewer engines than its
 * author thought of, so long as it matches one.
 */
@FunctionalInterface
public interface EngineSelector {
    /**
     * Picks the engines to use.
     *
     * @param present the engines that are ready, ordered by id
     * @return those to use, in the order wanted
     * @throws NoSuchEngineException if the selection names an id that is not there
     */
    List<EngineInfo> select(List<EngineInfo> present);

    /**
     * All engines.
     *
     * @return a selector that keeps every engine
     */
    static EngineSelector all() {
        return present -> present;
    }

    /**
     * Engines by number, in the order given.
     *
     * @param ids engine ids
     * @return a selector that fails with {@link NoSuchEngineException} if one of them is not there
     */
    static EngineSelector ids(int... ids) {
        int[] wanted = ids.clone();
        return present -> Arrays.stream(wanted)
                .mapToObj(id -> present.stream()
                        .filter(engine -> engine.id() == id)
                        .findFirst()
                        .orElseThrow(() -> new NoSuchEngineException(
                                id, present.stream().map(EngineInfo::id).toList())))
                .toList();
    }

    /**
     * A range of positions with a step, as {@code [from:to:step]} in other languages: {@code range(0, 6, 2)} takes the
     * first, third and fifth engine.
     *
     * @param from the first position, counted from 0; a negative one counts from the end
     * @param to the position after the last; a negative one counts from the end; {@link Integer#MAX_VALUE} for the end
     * @param step every how many, at least 1
     * @return a selector over positions in the ordered list of engines
     * @throws IllegalArgumentException if the step is below 1
     */
    static EngineSelector range(int from, int to, int step) {
        if (step < 1) {
            throw new IllegalArgumentException("step must be at least 1, not " + step);
        }
        return present -> {
            int size = present.size();
            int first = Math.max(0, from < 0 ? from + size : from);
            int end = Math.min(size, to < 0 ? to + size : to);
            return IntStream.iterate(first, position -> position < end, position -> position + step)
                    .mapToObj(present::get)
                    .toList();
        };
    }

    /**
     * Every so many engines, from the first: {@code every(2)} is {@code [::2]}.
     *
     * @param step every how many, at least 1
     * @return a selector over positions
     */
    static EngineSelector every(int step) {
        return range(0, Integer.MAX_VALUE, step);
    }

    /**
     * Engines that carry a tag.
     *
     * @param tag the tag
     * @return a selector
     */
    static EngineSelector tag(String tag) {
        return where(engine -> engine.tags().contains(tag));
    }

    /**
     * Engines for which a condition holds.
     *
     * @param condition asked of each engine, in this program
     * @return a selector
     */
    static EngineSelector where(Predicate<EngineInfo> condition) {
        return present -> present.stream().filter(condition).toList();
    }
}
