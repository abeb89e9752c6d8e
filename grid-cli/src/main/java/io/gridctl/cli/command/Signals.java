package io.gridctl.cli.command;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the signals of a terminal do to a command that waits: they interrupt it, and it ends what it has begun. The
 * JDK's own class for signals is reached by reflection, because the compiler warns of it and warnings are errors.
 */
final class Signals {
    private static final int HANG_UP = 1;
    private static final int INTERRUPT = 2;
    private static final int TERMINATE = 15;
    private static final int SIGNALLED = 128;

    private final AtomicInteger received = new AtomicInteger();

    private Signals() {}

    /** From now on Ctrl-C and a request to end interrupt the calling thread, once. */
    static Signals interruptThisThread() {
        Signals signals = new Signals();
        Thread waiting = Thread.currentThread();
        signals.handle("INT", () -> signals.first(INTERRUPT, waiting::interrupt));
        signals.handle("TERM", () -> signals.first(TERMINATE, waiting::interrupt));
        return signals;
    }

    /** From now on Ctrl-C and a request to end run something, on a thread of the JVM's. */
    static Signals onEnd(Runnable action) {
        Signals signals = new Signals();
        signals.handle("INT", () -> signals.first(INTERRUPT, action));
        signals.handle("TERM", () -> signals.first(TERMINATE, action));
        return signals;
    }

    private void first(int signal, Runnable action) {
        if (received.compareAndSet(0, signal)) {
            action.run();
        }
    }

    /** Whether one came. */
    boolean came() {
        return received.get() != 0;
    }

    /** From now on a closed terminal ends this process at once, and nothing else. */
    void endQuietlyOnHangUp() {
        handle("HUP", () -> Runtime.getRuntime().halt(SIGNALLED + HANG_UP));
    }

    /** The exit code that tells the caller which signal it was. */
    int exitCode() {
        return SIGNALLED + received.get();
    }

    private void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return method.getName().equals("hashCode") ? (Object) System.identityHashCode(self) : null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (InvocationTargetException e) {
            // Ignored since before this JVM began, as nohup does with HUP: then it stays ignored.
            if (!(e.getCause() instanceof IllegalArgumentException)) {
                throw new IllegalStateException("the signal " + name + " cannot be handled", e);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the signal " + name + " cannot be handled", e);
        }
    }
}
