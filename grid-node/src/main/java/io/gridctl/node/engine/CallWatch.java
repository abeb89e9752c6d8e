package io.gridctl.node.engine;

/**
 * Sees whether a task waits for calls it has made, in a way that does not lend its slot by itself: for a future that the
 * JDK has made of the grid's, a latch that such a future opens, a queue. While calls are open, the thread's state is
 * looked at now and then; a thread that was found waiting twice in a row is taken to wait for them.
 */
final class CallWatch {
    private static final long FIRST_MILLIS = 10;
    private static final long MOST_MILLIS = 320;

    private final Thread thread;
    private final Slot slot;
    private final Limiter timer;

    // Guarded by this.
    private int open;
    private boolean looking;
    private boolean waited;
    private boolean over;
    private long pauseMillis = FIRST_MILLIS;

    /** Is told of what was seen, perhaps again and again. */
    interface Slot {
        /** Others may run in its place. */
        void waitsUnseen();

        /** It runs, or is about to, and nothing further may begin in its place. */
        void goesOn();
    }

    CallWatch(Thread thread, Slot slot, Limiter timer) {
        this.thread = thread;
        this.slot = slot;
        this.timer = timer;
    }

    synchronized void called() {
        open++;
        pauseMillis = FIRST_MILLIS;
        if (!looking) {
            looking = true;
            timer.later(this::look, pauseMillis);
        }
    }

    synchronized void callEnded() {
        if (--open == 0 && !over) {
            slot.goesOn();
        }
    }

    /** The task has ended. */
    synchronized void end() {
        over = true;
    }

    private synchronized void look() {
        if (over || open == 0) {
            looking = false;
            return;
        }
        Thread.State state = thread.getState();
        boolean waits = state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
        if (!waits) {
            slot.goesOn();
            pauseMillis = FIRST_MILLIS;
        } else if (waited) {
            slot.waitsUnseen();
            pauseMillis = Math.min(2 * pauseMillis, MOST_MILLIS);
        }
        waited = waits;
        timer.later(this::look, pauseMillis);
    }
}
