/** Tests of what launches, watches and stops engine processes. */
@NullMarked
package io.gridctl.node.cluster;

import org.jspecify.annotations.NullMarked;
