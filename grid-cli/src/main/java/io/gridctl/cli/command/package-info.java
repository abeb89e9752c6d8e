/** One class per command, and the options that commands share. Read {@link io.gridctl.cli.command.StartCommand} first. */
@NullMarked
package io.gridctl.cli.command;

import org.jspecify.annotations.NullMarked;
