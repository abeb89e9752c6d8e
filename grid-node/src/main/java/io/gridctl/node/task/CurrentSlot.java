package io.gridctl.node.task;

import java.util.function.Consumer;

/**
 * The slot that the calling thread is, if it is one. A task that waits for a grid lends its slot meanwhile: otherwise it
 * could wait for a task that waits for this very slot.
 *
 * <p>Only the slot's own thread lends; threads that a task has started hold no slot and lend none. Where it waits for
 * calls in a way that this program does not see, say for {@link java.util.concurrent.CompletableFuture#allOf}, the slot
 * sees after a while that its thread waits and calls of its task are open, and lends itself.
 */
public final class CurrentSlot {
    private static final ThreadLocal<Lender> BOUND = new ThreadLocal<>();
    private static final Loan NOTHING = () -> {};

    private CurrentSlot() {}

    /** A slot, to the thread that it is. */
    public interface Lender {
        /**
         * How deep calls of its task are nested.
         *
         * @return 1 for those of a task that was not called by a task, and so on
         */
        int depth();

        /**
         * Other tasks may run in place of this one until the loan ends.
         *
         * @return the loan
         */
        Loan lend();

        /**
         * Its task has called a grid, and may wait for that.
         *
         * @return what to run, on any thread, when the call has ended
         */
        Runnable called();
    }

    /** A slot that is lent. */
    public interface Loan {
        /** Waits, deaf to interrupts, until the task may go on: until no other one runs in its place. */
        void end();
    }

    /**
     * Says that the calling thread is a slot.
     *
     * @param slot the slot
     */
    public static void bind(Lender slot) {
        BOUND.set(slot);
    }

    /**
     * How deep calls of the calling thread are nested.
     *
     * @return 0 for a thread that is no slot, else its task's own depth and one
     */
    public static int depth() {
        Lender slot = BOUND.get();
        return slot == null ? 0 : slot.depth();
    }

    /**
     * To be called before the calling thread waits for a grid. Nobody's lock may be held, as the end of the loan may
     * take as long as a task.
     *
     * @return what to end after it has waited; nothing is lent if the thread is no slot
     */
    public static Loan lend() {
        Lender slot = BOUND.get();
        return slot == null ? NOTHING : slot.lend();
    }

    /**
     * To be called when the calling thread has called a grid.
     *
     * @param call takes what it is to run at the end of the call
     */
    public static void called(Consumer<Runnable> call) {
        Lender slot = BOUND.get();
        if (slot != null) {
            call.accept(slot.called());
        }
    }

    /**
     * A loan of nothing.
     *
     * @return nothing
     */
    public static Loan nothing() {
        return NOTHING;
    }
}
