/**
 * What the build runs so that starts are quick: {@link io.gridctl.cli.archive.Desugaring} makes the jars, and
 * {@link io.gridctl.cli.archive.TrainingRun} is what the class-data archive is made of.
 */
@NullMarked
package io.gridctl.cli.archive;

import org.jspecify.annotations.NullMarked;
