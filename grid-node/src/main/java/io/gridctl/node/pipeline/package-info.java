/**
 * Collections on their way through the grid: how data is cut into parts, and put together again ({@link
 * io.gridctl.node.pipeline.Sliced}), and pipelines of stages on the engines, which read a source, have it worked on and
 * store it ({@link io.gridctl.node.pipeline.Pipelines}). Those are jobs of Jet's; user code runs on slots all the same.
 * Where parts lie is told by {@link io.gridctl.node.task.Layout}.
 */
@NullMarked
package io.gridctl.node.pipeline;

import org.jspecify.annotations.NullMarked;
