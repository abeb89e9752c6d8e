/** Tests of the grid's API over engines in this process, which share the statics of the tests. */
@NullMarked
package io.gridctl.node.client;

import org.jspecify.annotations.NullMarked;
