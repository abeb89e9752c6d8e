@NullMarked
package io.gridctl.cli.output;

import org.jspecify.annotations.NullMarked;
