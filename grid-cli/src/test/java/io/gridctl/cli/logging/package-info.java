@NullMarked
package io.gridctl.cli.logging;

import org.jspecify.annotations.NullMarked;
