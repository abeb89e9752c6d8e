/**
 * A node's life: how a process joins a grid, what it takes part in, how it leaves. Read {@link
 * io.gridctl.node.EngineNode} first; {@link io.gridctl.node.HazelcastSettings} is the one place where members and
 * clients are configured.
 */
@NullMarked
package io.gridctl.node;

import org.jspecify.annotations.NullMarked;
