package io.gridctl.node.payload;

import org.jspecify.annotations.Nullable;

/** Two at once. */
record Pair(Node node, @Nullable Object other) {}
