package io.gridctl.node.payload;

import java.util.Arrays;

/**
 * Which objects of a graph are being read, outermost first, and whether what was read refers to one of them. An object
 * that does is not whole before that one is, so nothing may ask it for its hash code yet.
 *
 * <p>Objects are known by their ids, which are given in the order in which they begin.
 */
final class OpenObjects {
    private static final int NOWHERE = Integer.MAX_VALUE;
    private static final int FIRST_SIZE = 64;

    private int[] open = new int[FIRST_SIZE];
    private int depth;

    /** The outermost open object that the one being read refers to so far, itself or through others. */
    private int reach = NOWHERE;

    /** As {@link #reach}, of the object that was read last. */
    private int last = NOWHERE;

    /** Stretches of objects that were read, but refer to an open one: first, end, reach; those of one do not overlap. */
    private int[] dependent = new int[FIRST_SIZE];

    private int dependents;

    /** An object begins; the answer is for {@link #leave}. */
    int enter(int id) {
        if (depth == open.length) {
            open = Arrays.copyOf(open, 2 * depth);
        }
        open[depth++] = id;
        int outer = reach;
        reach = NOWHERE;
        return outer;
    }

    /** The object that is being read. */
    int current() {
        return open[depth - 1];
    }

    /** The current object has been read, and all ids up to {@code end} were given; whether it is whole now. */
    boolean leave(int end, int outer) {
        int id = open[--depth];
        if (reach == NOWHERE) {
            last = NOWHERE;
            reach = outer;
            return true;
        }
        boolean whole = reach >= id;
        int first = id;
        while (dependents > 0 && dependent[3 * dependents - 2] >= first) {
            if (dependent[3 * dependents - 3] < id) {
                if (whole) {
                    break;
                }
                // Neighbours are taken together, so that a thousand children of one parent are one stretch.
                first = dependent[3 * dependents - 3];
                reach = Math.min(reach, dependent[3 * dependents - 1]);
            }
            dependents--;
        }
        if (!whole && end > first) {
            add(first, end);
        }
        last = whole ? NOWHERE : reach;
        reach = Math.min(outer, last);
        return whole;
    }

    private void add(int first, int end) {
        if (3 * dependents == dependent.length) {
            dependent = Arrays.copyOf(dependent, 2 * dependent.length);
        }
        dependent[3 * dependents] = first;
        dependent[3 * dependents + 1] = end;
        dependent[3 * dependents + 2] = reach;
        dependents++;
    }

    /** What is being read refers to an object that began before. */
    void refer(int id) {
        if (Arrays.binarySearch(open, 0, depth, id) >= 0) {
            reach = Math.min(reach, id);
            return;
        }
        for (int i = dependents - 1; i >= 0 && dependent[3 * i + 1] > id; i--) {
            if (dependent[3 * i] <= id) {
                reach = Math.min(reach, dependent[3 * i + 2]);
            }
        }
    }

    /** Whether what was read last depends on nothing around the current object. */
    boolean lastIsWhole() {
        return last >= open[depth - 1];
    }

    void reset() {
        depth = 0;
        reach = NOWHERE;
        last = NOWHERE;
        dependents = 0;
    }
}
