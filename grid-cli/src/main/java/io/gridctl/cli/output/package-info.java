/** How results look: {@link io.gridctl.cli.output.StatusReport} as a table or JSON, {@link io.gridctl.cli.output.StartProgress}. */
@NullMarked
package io.gridctl.cli.output;

import org.jspecify.annotations.NullMarked;
