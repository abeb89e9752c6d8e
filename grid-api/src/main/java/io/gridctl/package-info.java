/**
 * Parallel computing for Java programs: what a user's program names.
 *
 * <p>Read {@link io.gridctl.Grid} first. A grid is a set of engines; a {@link io.gridctl.DirectView} addresses
 * engines by number, a {@link io.gridctl.LoadBalancedView} lets the grid choose. Nothing here depends on how the
 * grid is built: an implementation is found through {@link io.gridctl.GridProvider}.
 */
@NullMarked
package io.gridctl;

import org.jspecify.annotations.NullMarked;
