/** {@code gridctl}: parses, calls grid-api, prints. Read {@link io.gridctl.cli.GridCtl} first. */
@NullMarked
package io.gridctl.cli;

import org.jspecify.annotations.NullMarked;
