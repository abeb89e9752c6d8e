/**
 * The functional types that may travel to an engine: serializable, and free to throw any exception. An exception
 * that a function throws comes back as the cause of a {@code TaskFailedException}.
 */
@NullMarked
package io.gridctl.function;

import org.jspecify.annotations.NullMarked;
