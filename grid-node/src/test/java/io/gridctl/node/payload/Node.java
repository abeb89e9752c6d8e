package io.gridctl.node.payload;

import org.jspecify.annotations.Nullable;

/** Its fields come in the order of their declaration: what it holds before its name, which its hash code reads. */
final class Node implements Comparable<Node> {
    @Nullable
    Object held;

    @Nullable
    Object alsoHeld;

    final String name;

    Node(String name) {
        this.name = name;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Node node && name.equals(node.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public int compareTo(Node other) {
        return name.compareTo(other.name);
    }
}
