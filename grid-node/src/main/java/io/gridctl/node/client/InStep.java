package io.gridctl.node.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several inputs of a map as one: the first elements of all, the second ones, until one input ends. */
final class InStep {
    private InStep() {}

    static List<@Nullable Object[]> of(Collection<?>... inputs) {
        List<Iterator<?>> iterators = new ArrayList<>();
        for (Collection<?> input : inputs) {
            iterators.add(input.iterator());
        }
        List<@Nullable Object[]> steps = new ArrayList<>();
        while (iterators.stream().allMatch(Iterator::hasNext)) {
            steps.add(iterators.stream().map(Iterator::next).toArray());
        }
        return steps;
    }
}
