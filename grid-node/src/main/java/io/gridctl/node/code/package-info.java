/**
 * Finds, packs and loads a program's classes, so that engines need nothing installed. Begin with
 * {@link io.gridctl.node.code.ClientProgram} for the sending side and {@link io.gridctl.node.code.ProgramLoaders} for
 * the engine's.
 */
@NullMarked
package io.gridctl.node.code;

import org.jspecify.annotations.NullMarked;
