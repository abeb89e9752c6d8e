package io.gridctl;

import java.util.Objects;

/**
 * Which elements of a list or an array go to which engine when it is scattered.
 *
 * @param order how elements are dealt out
 * @param flattened whether an engine that gets exactly one element gets the element itself, rather than a list or an
 *     array of one
 */
public record Distribution(Order order, boolean flattened) {
    /** Contiguous parts in the order of the engines, whose lengths differ by at most one; the first ones are longer. */
    public static final Distribution BLOCK = new Distribution(Order.BLOCK, false);

    /** One element to each engine in turn: of three engines the second gets elements 1, 4, 7, … */
    public static final Distribution CYCLIC = new Distribution(Order.CYCLIC, false);

    /** How elements are dealt out. */
    public enum Order {
        /** Neighbours together. */
        BLOCK,
        /** In turn, like cards. */
        CYCLIC
    }

    /** Checks that nothing is missing. */
    public Distribution {
        Objects.requireNonNull(order, "order");
    }

    /**
     * The same distribution, where an engine that gets exactly one element gets the element itself.
     *
     * @return a copy
     */
    public Distribution flatten() {
        return new Distribution(order, true);
    }
}
