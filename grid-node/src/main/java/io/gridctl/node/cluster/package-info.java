/**
 * Launches, watches and stops engine processes on this host, and keeps what a client needs to find them. {@link
 * io.gridctl.node.cluster.GridLauncher} starts a grid as processes of its own: an anchor ({@link
 * io.gridctl.node.cluster.AnchorMain}), whose {@link io.gridctl.node.cluster.Supervisor} starts the engines ({@link
 * io.gridctl.node.cluster.EngineMain}) and starts them again when they die. They talk through small files in the
 * grid's folder ({@link io.gridctl.node.cluster.GridHome}), never through pipes, so that a stopped or closed terminal
 * holds nobody up.
 */
@NullMarked
package io.gridctl.node.cluster;

import org.jspecify.annotations.NullMarked;
