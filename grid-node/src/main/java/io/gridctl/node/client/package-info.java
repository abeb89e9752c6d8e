/**
 * The client's side: grid-api over a Hazelcast client. Read {@link io.gridctl.node.client.RemoteGrid} first; a call
 * goes through a view, {@link io.gridctl.node.client.Calls}, {@link io.gridctl.node.client.EngineLink} and ends in a
 * {@link io.gridctl.node.client.CallResult}.
 */
@NullMarked
package io.gridctl.node.client;

import org.jspecify.annotations.NullMarked;
