package io.gridctl.node.code;

import io.gridctl.UserCode;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;

/**
 * What each jump back in a program's loops passes. Every {@link ProgramLoader} has a copy of this class of its own, so
 * that its programs' loops look for a word to end only while a task of theirs was told to and does not.
 *
 * <p>Until then there is nothing to pass: the just-in-time compiler takes the call site's target for a constant, and
 * throws away what it has made of the loops when the target changes. A look at a field, even one that is only read, would
 * keep it from vectorizing, which costs short loops up to twenty times their time.
 */
public final class Loops {
    /** The compiler gives a method up that it had to throw away some hundred times; the look then stays. */
    private static final int MOST_CHANGES = 100;

    private static final MethodHandle NOTHING = MethodHandles.empty(MethodType.methodType(void.class));
    private static final MethodHandle LOOK = handle();
    private static final MutableCallSite SITE = new MutableCallSite(NOTHING);
    private static final MethodHandle PASS = SITE.dynamicInvoker();

    private static volatile int ending;
    private static int changes;

    private Loops() {}

    private static MethodHandle handle() {
        try {
            return MethodHandles.lookup().findStatic(Loops.class, "look", MethodType.methodType(void.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Put before each jump back.
     *
     * @throws Throwable what {@link UserCode#loop} throws
     */
    public static void pass() throws Throwable {
        PASS.invokeExact();
    }

    /**
     * Says that a task is to end whose loops pass here, or that it has ended.
     *
     * @param begins whether it is to end
     */
    public static synchronized void ending(boolean begins) {
        ending += begins ? 1 : -1;
        MethodHandle target = ending > 0 || changes >= MOST_CHANGES ? LOOK : NOTHING;
        if (SITE.getTarget() != target) {
            changes++;
            SITE.setTarget(target);
            MutableCallSite.syncAll(new MutableCallSite[] {SITE});
        }
    }

    @SuppressWarnings("UnusedMethod") // by its handle
    private static void look() {
        if (ending > 0) {
            UserCode.loop();
        }
    }
}
