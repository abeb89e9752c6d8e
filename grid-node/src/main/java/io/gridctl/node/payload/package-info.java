/**
 * Values and functions to bytes and back. Read {@link io.gridctl.node.payload.PayloadCodec} first: primitive arrays and
 * strings are copied as they are, everything else is an object graph that Kryo walks with serializers of our own, and
 * what cannot leave the process is refused with the path to it.
 */
@NullMarked
package io.gridctl.node.payload;

import org.jspecify.annotations.NullMarked;
