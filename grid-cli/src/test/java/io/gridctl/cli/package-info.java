/** Tests of the command line; the {@code IT}s run the installation that the build has made. */
@NullMarked
package io.gridctl.cli;

import org.jspecify.annotations.NullMarked;
