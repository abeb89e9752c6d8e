/**
 * The engine's side: frames are accepted once, their tasks run on slots and nowhere else, output and namespace are
 * bound to the thread, outcomes go back. Read {@link io.gridctl.node.engine.EngineCore} first, then {@link
 * io.gridctl.node.engine.TaskRunner}.
 */
@NullMarked
package io.gridctl.node.engine;

import org.jspecify.annotations.NullMarked;
