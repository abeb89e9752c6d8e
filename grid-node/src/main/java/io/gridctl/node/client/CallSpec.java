package io.gridctl.node.client;

import io.gridctl.node.code.Program;
import io.gridctl.node.task.CallShape;
import io.gridctl.node.task.FrameCall;
import io.gridctl.node.task.FrameCall.Limits;
import io.gridctl.node.task.FunctionPack;

/**
 * What all tasks of a call share.
 *
 * @param shape how the function is called
 * @param program the program that has the classes
 * @param classCount how many of its classes the function and its arguments need
 * @param function the function
 * @param limits how long each task may take
 * @param depth how many tasks wait for these, each in the one before; 0 for a program's own
 */
record CallSpec(CallShape shape, Program program, int classCount, FunctionPack function, Limits limits, int depth) {
    /** A frame of the load-balanced view is meant to keep its engine busy for 20 ms. */
    private static final int BALANCED_BUDGET_MILLIS = 50;

    /** Compiling takes a while, and nobody sees whether a line is printed so much later. */
    private static final int TEXT_BUDGET_MILLIS = 100;

    /** How long a frame's answer may wait for its tasks; what takes longer is collected. */
    int budgetMillis(boolean balanced) {
        if (balanced) {
            return BALANCED_BUDGET_MILLIS;
        }
        return shape.isText() ? TEXT_BUDGET_MILLIS : FrameCall.LEAST_BUDGET_MILLIS;
    }
}
