/**
 * Removes from the grid's maps what nobody needs any more and nobody will remove: pieces of values that no name refers
 * to, classes of programs that have left and of whose values none is stored. Begin with {@link
 * io.gridctl.node.sweep.Sweeper}.
 */
@NullMarked
package io.gridctl.node.sweep;

import org.jspecify.annotations.NullMarked;
