/** Tests of how data is cut and put together. */
@NullMarked
package io.gridctl.node.pipeline;

import org.jspecify.annotations.NullMarked;
