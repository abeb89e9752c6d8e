/**
 * {@code gridctl perf}: what the grid costs on this machine, each figure beside the best that plain Hazelcast does for
 * the same with the same members, client and settings. Read {@link io.gridctl.node.perf.Perf} first.
 */
@NullMarked
package io.gridctl.node.perf;

import org.jspecify.annotations.NullMarked;
