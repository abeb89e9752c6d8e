/** Tests of what launches, watches and stops engine processes. */
@NullMarked
package io.gridctl.node.sweep;

import org.jspecify.annotations.NullMarked;
