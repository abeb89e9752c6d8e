/**
 * What the processes of one host share, so that it crosses to the host once rather than once for each engine, or not at
 * all. Begin with {@link io.gridctl.node.share.HostMemory}.
 */
@NullMarked
package io.gridctl.node.share;

import org.jspecify.annotations.NullMarked;
