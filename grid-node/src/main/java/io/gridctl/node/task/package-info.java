/**
 * What crosses the network: frames and their tasks, outcomes, control requests, stored values. Hazelcast sees only the
 * types of {@link io.gridctl.node.task.WireTypes}, which hold numbers, text and bytes; user objects are bytes made by
 * {@code PayloadCodec}.
 */
@NullMarked
package io.gridctl.node.task;

import org.jspecify.annotations.NullMarked;
