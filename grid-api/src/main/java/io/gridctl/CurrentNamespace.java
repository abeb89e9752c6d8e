package io.gridctl;

import org.jspecify.annotations.Nullable;

/**
 * Binds a namespace to the thread that runs a task. For implementations of the grid; a program calls
 * {@link Namespace#current()}.
 */
public final class CurrentNamespace {
    private static final ThreadLocal<@Nullable Namespace> BOUND = new InheritableThreadLocal<>();

    private CurrentNamespace() {}

    static Namespace get() {
        Namespace bound = BOUND.get();
        if (bound == null) {
            throw new IllegalStateException("this thread runs no task of a grid, so it has no namespace");
        }
        return bound;
    }

    /**
     * Binds a namespace to this thread and to the threads it starts from now on.
     *
     * @param namespace the namespace, or null to unbind
     */
    public static void bind(@Nullable Namespace namespace) {
        // Rather than removed: whoever runs one task runs the next one soon.
        BOUND.set(namespace);
    }
}
