/**
 * The interactive shell: Java for this process as JShell takes it, and line forms such as {@code %px} for the engines.
 * Begin with {@link io.gridctl.cli.shell.Shell}.
 */
@org.jspecify.annotations.NullMarked
package io.gridctl.cli.shell;
