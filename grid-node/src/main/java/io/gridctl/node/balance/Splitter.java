package io.gridctl.node.balance;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes two works of one that has several units: when less is wanted than was handed back, and when the guilty one among
 * the units of a lost engine is looked for. Called under the dispatcher's lock.
 *
 * @param <T> the works
 */
@FunctionalInterface
public interface Splitter<T extends Work> {
    /** What splits a work. */
    record Halves<T extends Work>(T head, T tail) {}

    /**
     * Splits a work that no engine holds.
     *
     * @param work a work of more than {@code units} units, not used any more
     * @param units how many units the head has, at least 1
     * @return two works that together are this one
     */
    Halves<T> split(T work, int units);

    /**
     * Splits a work into pieces of about the same size.
     *
     * @param work a work
     * @param pieces how many at most
     * @return works that together are this one, in order
     */
    default List<T> pieces(T work, int pieces) {
        int each = (work.units() + pieces - 1) / pieces;
        List<T> all = new ArrayList<>(pieces);
        T rest = work;
        while (rest.units() > each) {
            Halves<T> halves = split(rest, each);
            all.add(halves.head());
            rest = halves.tail();
        }
        all.add(rest);
        return all;
    }
}
