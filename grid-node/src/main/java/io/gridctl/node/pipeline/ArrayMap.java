package io.gridctl.node.pipeline;

import io.gridctl.function.RemoteDoubleUnaryOperator;
import io.gridctl.function.RemoteIntUnaryOperator;
import io.gridctl.function.RemoteLongUnaryOperator;

/** Functions of primitive numbers over whole arrays, without a box around any of them. For the engine's slot. */
public final class ArrayMap {
    /** Between two looks at whether the task was cancelled. */
    private static final int LOOK = (1 << 10) - 1;

    private ArrayMap() {}

    /** An element failed. */
    public static final class ElementException extends Exception {
        private static final long serialVersionUID = 1L;
        private final int index;

        ElementException(int index, Throwable cause) {
            super(cause);
            this.index = index;
        }

        /** {@return which element of the array} */
        public int index() {
            return index;
        }
    }

    /**
     * Calls a function with each element, and puts its value in the element's place.
     *
     * @param function one of {@link RemoteIntUnaryOperator}, {@link RemoteLongUnaryOperator} and
     *     {@link RemoteDoubleUnaryOperator}
     * @param array an array of its type, nobody else's
     * @return the array
     * @throws ElementException if it throws
     * @throws InterruptedException if the thread was interrupted
     */
    public static Object apply(Object function, Object array) throws ElementException, InterruptedException {
        int[] at = {0};
        try {
            if (array instanceof int[] values) {
                return map((RemoteIntUnaryOperator) function, values, at);
            }
            if (array instanceof long[] values) {
                return map((RemoteLongUnaryOperator) function, values, at);
            }
            return map((RemoteDoubleUnaryOperator) function, (double[]) array, at);
        } catch (CancelledException cancelled) {
            throw new InterruptedException("cancelled before element " + at[0] + " of its part");
        } catch (Throwable thrown) {
            throw new ElementException(at[0], thrown);
        }
    }

    private static final class CancelledException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private static int[] map(RemoteIntUnaryOperator function, int[] values, int[] at) throws Exception {
        int i = 0;
        try {
            for (; i < values.length; i++) {
                look(i);
                values[i] = function.applyAsInt(values[i]);
            }
        } finally {
            at[0] = i;
        }
        return values;
    }

    private static long[] map(RemoteLongUnaryOperator function, long[] values, int[] at) throws Exception {
        int i = 0;
        try {
            for (; i < values.length; i++) {
                look(i);
                values[i] = function.applyAsLong(values[i]);
            }
        } finally {
            at[0] = i;
        }
        return values;
    }

    private static double[] map(RemoteDoubleUnaryOperator function, double[] values, int[] at) throws Exception {
        int i = 0;
        try {
            for (; i < values.length; i++) {
                look(i);
                values[i] = function.applyAsDouble(values[i]);
            }
        } finally {
            at[0] = i;
        }
        return values;
    }

    private static void look(int index) throws CancelledException {
        if ((index & LOOK) == 0 && Thread.interrupted()) {
            throw new CancelledException();
        }
    }
}
