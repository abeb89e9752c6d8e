/**
 * Code that travels, tested against engines in processes of their own: programs that are compiled while the test runs,
 * so that no engine can have a class of theirs. Begin with {@link io.gridctl.cli.code.UserProgram}.
 */
@NullMarked
package io.gridctl.cli.code;

import org.jspecify.annotations.NullMarked;
