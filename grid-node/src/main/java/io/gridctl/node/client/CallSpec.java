package io.gridctl.node.client;

import io.gridctl.node.code.Program;
import io.gridctl.node.task.CallShape;
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
record CallSpec(CallShape shape, Program program, int classCount, FunctionPack function, Limits limits, int depth) {}
