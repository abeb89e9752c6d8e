@NullMarked
package io.gridctl.cli.config;

import org.jspecify.annotations.NullMarked;
