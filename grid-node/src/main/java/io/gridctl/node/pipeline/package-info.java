/**
 * Collections on their way through the grid: how data is cut into parts, and put together again. Where parts lie is told
 * by {@link io.gridctl.node.task.Layout}. Start with {@link io.gridctl.node.pipeline.Sliced}.
 */
@NullMarked
package io.gridctl.node.pipeline;

import org.jspecify.annotations.NullMarked;
