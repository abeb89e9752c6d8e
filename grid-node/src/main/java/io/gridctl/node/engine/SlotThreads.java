package io.gridctl.node.engine;

import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the threads that run user code. Whoever starts one, it takes over nothing of that thread.
 *
 * <p>Virtual threads are newer than the oldest Java that runs this, so their builder, which is public, is called by name.
 */
final class SlotThreads {
    private final boolean virtual;
    private final @Nullable ClassLoader context = Thread.currentThread().getContextClassLoader();

    /**
     * A maker of threads.
     *
     * @param virtual whether they are virtual, which takes a Java that has such
     */
    SlotThreads(boolean virtual) {
        this.virtual = virtual;
    }

    /** A thread that is not started yet and does not keep the process alive. */
    Thread make(String name, Runnable work) {
        Thread thread = virtual ? virtual(name, work) : platform(name, work);
        thread.setContextClassLoader(context);
        return thread;
    }

    private static Thread platform(String name, Runnable work) {
        Thread thread = new Thread(null, work, name, 0, false);
        thread.setDaemon(true);
        return thread;
    }

    private static Thread virtual(String name, Runnable work) {
        try {
            Class<?> type = Class.forName("java.lang.Thread$Builder$OfVirtual");
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            type.getMethod("name", String.class).invoke(builder, name);
            type.getMethod("inheritInheritableThreadLocals", boolean.class).invoke(builder, false);
            return (Thread) type.getMethod("unstarted", Runnable.class).invoke(builder, work);
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | IllegalAccessException
                | InvocationTargetException missing) {
            throw new IllegalStateException("this Java makes no virtual threads", missing);
        }
    }
}
