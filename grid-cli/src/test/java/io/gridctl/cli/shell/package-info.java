/** The shell's own tests; those in a pseudo-terminal are in {@code io.gridctl.cli.code}. */
@org.jspecify.annotations.NullMarked
package io.gridctl.cli.shell;
