/**
 * Code given as text: what the Java compiler's own interpreter, JShell, makes of it, without running any of it. Read
 * {@link io.gridctl.node.shell.TextCompiler} first; an engine runs on its slots what comes out, a
 * {@link io.gridctl.node.shell.CompiledText}.
 */
@NullMarked
package io.gridctl.node.shell;

import org.jspecify.annotations.NullMarked;
