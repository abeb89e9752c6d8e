package io.gridctl.node.client;

import org.jspecify.annotations.Nullable;

/** Reads what engines sent, with the classes of the program that called. */
@FunctionalInterface
interface CodecAccess {
    @Nullable
    Object decode(byte[] bytes);
}
