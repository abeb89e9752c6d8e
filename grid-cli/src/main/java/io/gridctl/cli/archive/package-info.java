/** What the build runs to make the class-data archive: {@link io.gridctl.cli.archive.TrainingRun}. */
@NullMarked
package io.gridctl.cli.archive;

import org.jspecify.annotations.NullMarked;
