package io.gridctl.node.client;

/** A class of the test's program that texts can name. */
public final class Dog {
    private final String name;

    /** A dog. */
    public Dog(String name) {
        this.name = name;
    }

    /** What it says. */
    public String bark() {
        return name + ": woof";
    }
}
