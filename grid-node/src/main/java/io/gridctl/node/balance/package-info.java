/**
 * The load-balanced view's dispatcher: which engine gets which work, now or later. It knows engines as {@link
 * io.gridctl.node.balance.EnginePort}, work as {@link io.gridctl.node.balance.Work} and time as a supplier of
 * nanoseconds; it has no threads and no timers, so that it is tested without a network and without waiting. Read {@link
 * io.gridctl.node.balance.Dispatcher} first, then {@code FrameSize} for how much an engine is given at once.
 */
@NullMarked
package io.gridctl.node.balance;

import org.jspecify.annotations.NullMarked;
