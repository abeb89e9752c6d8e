/** What a grid is like, as a file or the command line says it. Read {@link io.gridctl.cli.config.GridSettings} first. */
@NullMarked
package io.gridctl.cli.config;

import org.jspecify.annotations.NullMarked;
